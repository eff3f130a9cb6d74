/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
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
