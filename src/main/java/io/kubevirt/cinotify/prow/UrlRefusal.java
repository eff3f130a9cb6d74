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
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an address is not the page of a run. */
public enum UrlRefusal {
    /** There is none. */
    EMPTY(false),
    /** It is longer than any address that Prow writes. */
    TOO_LONG(false),
    /** It contains blanks, control characters or letters outside ASCII. */
    CHARACTERS(false),
    /** It contains {@code %} or a backslash: Prow's names need no escaping, so it hides something. */
    ESCAPES(false),
    /** It contains {@code ?} or {@code #}. */
    QUERY(false),
    /** It contains a segment {@code .} or {@code ..}. */
    DOT_SEGMENT(false),
    /** Neither http nor https, or not the one that is allowed for this host. */
    SCHEME(true),
    /** It carries a user or a password. */
    USER_INFO(true),
    /** The host is allowed, but not with this port. */
    PORT(true),
    /** The host is not among those that the settings allow. */
    HOST(true),
    /** The bucket is not among those that the settings allow. */
    BUCKET(true),
    /** It is a page of an allowed host, but not of a run. */
    LAYOUT(false),
    /** The last part is not the number of a build. */
    BUILD(false);

    private final boolean foreign;

    UrlRefusal(boolean foreign) {
        this.foreign = foreign;
    }

    /** Whether it belongs to somebody else, as those of other CI systems do, and is not merely malformed. */
    public boolean isForeign() {
        return foreign;
    }

    /** As written in traces and metrics: {@code dot-segment}. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
