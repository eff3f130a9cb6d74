// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An address with places to fill in, as {@code https://example.org/job-history/{directory}}.
 *
 * @param text what the link says
 * @param url the address; {@link #PLACEHOLDERS} names what can be filled in
 */
public record LinkTemplate(String text, String url) {

    /**
     * What a pattern can name: {@code job}, {@code repository} (org/repo), {@code org}, {@code repo}, {@code pull},
     * {@code build}, {@code run} (bucket and directory of the run), {@code directory} (where the job's runs lie in the
     * bucket), {@code line} (the first line of the cause).
     */
    public static final Set<String> PLACEHOLDERS =
            Set.of("job", "repository", "org", "repo", "pull", "build", "run", "directory", "line");

    /** The places that the pattern names, known or not. */
    public Set<String> placeholders() {
        Set<String> destinations = new LinkedHashSet<>();
        int open = url.indexOf('{');
        while (open >= 0) {
            int close = url.indexOf('}', open);
            if (close < 0) {
                break;
            }
            destinations.add(url.substring(open + 1, close));
            open = url.indexOf('{', close);
        }
        return destinations;
    }

    /** The link; empty if something that it needs is not known. */
    Optional<Fragment.Link> expand(Map<String, String> values) {
        String address = url;
        for (String destination : placeholders()) {
            String value = values.get(destination);
            if (value == null) {
                return Optional.empty();
            }
            address = address.replace("{" + destination + "}", value);
        }
        return Optional.of(new Fragment.Link(text, address));
    }
}
