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
package io.kubevirt.cinotify.notice.template;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An address with places to fill in, as {@code https://example.org/job-history/{directory}}.
 *
 * @param words what the link says
 * @param url the address; {@link #PLACES} names what can be filled in
 */
public record LinkPattern(String words, String url) {

    /**
     * What a pattern can name: {@code job}, {@code repository} (org/repo), {@code org}, {@code repo}, {@code pull},
     * {@code build}, {@code run} (bucket and directory of the run), {@code directory} (where the job's runs lie in the
     * bucket), {@code line} (the first line of the cause).
     */
    public static final Set<String> PLACES =
            Set.of("job", "repository", "org", "repo", "pull", "build", "run", "directory", "line");

    /** The places that the pattern names, known or not. */
    public Set<String> places() {
        Set<String> places = new LinkedHashSet<>();
        int open = url.indexOf('{');
        while (open >= 0) {
            int close = url.indexOf('}', open);
            if (close < 0) {
                break;
            }
            places.add(url.substring(open + 1, close));
            open = url.indexOf('{', close);
        }
        return places;
    }

    /** The link; empty if something that it needs is not known. */
    Optional<Piece.Link> filled(Map<String, String> values) {
        String address = url;
        for (String place : places()) {
            String value = values.get(place);
            if (value == null) {
                return Optional.empty();
            }
            address = address.replace("{" + place + "}", value);
        }
        return Optional.of(new Piece.Link(words, address));
    }
}
