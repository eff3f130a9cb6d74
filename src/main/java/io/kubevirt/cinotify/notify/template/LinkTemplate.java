// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A link in messages with placeholders in its URL, as {@code https://example.org/job-history/{directory}}: {@code links}. */
public record LinkTemplate(
        @JsonProperty(required = true) @JsonPropertyDescription("Text of the link.")
        String text,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "URL with the placeholders {job}, {repository}, {org}, {repo}, {pull}, {build}, {run} (bucket and"
                        + " directory of the run), {directory} (directory of the job's runs in the bucket) or {line}"
                        + " (first line of the cause). The link is omitted if one of its placeholders is unknown.")
        String url) {
    /**
     * The valid placeholders: {@code job}, {@code repository} (org/repo), {@code org}, {@code repo}, {@code pull},
     * {@code build}, {@code run} (bucket and directory of the run), {@code directory} (directory of the job's runs in the
     * bucket), {@code line} (first line of the cause).
     */
    public static final Set<String> PLACEHOLDERS =
            Set.of("job", "repository", "org", "repo", "pull", "build", "run", "directory", "line");

    /** Reports an invalid URL and unknown placeholders. */
    public void check(ConfigValidator check) {
        if (!url.startsWith("https://") && !url.startsWith("http://")) {
            check.report("\"" + url + "\" is not a URL", "start it with https://", "url");
        }
        for (String place : placeholders()) {
            check.oneOf(place, "placeholder", PLACEHOLDERS, "url");
        }
    }

    /** The placeholders in the URL, known or not. */
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

    /** The link; empty if a value is unknown. */
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
