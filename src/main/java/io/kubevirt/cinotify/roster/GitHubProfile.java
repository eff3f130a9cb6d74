// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Collection;
import java.util.Optional;

/** The address of a person's page on GitHub. */
final class GitHubProfile {
    private static final Pattern ADDRESS =
            Pattern.compile("(?i)(?:https?:)?//(?:www\\.)?github\\.com/([a-z0-9_-]{1,39})/?(?:[?#].*)?");

    private GitHubProfile() {}

    /** The handle of the first address that is one of a person; empty if there is none among them. */
    static Optional<String> handle(Collection<String> addresses) {
        return addresses.stream()
                .map(address -> ADDRESS.matcher(address.strip()))
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }
}
