// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

public sealed interface RunUrlParseResult {
    record Found(RunUrl url) implements RunUrlParseResult {}

    record Rejected(RunUrlRejection reason) implements RunUrlParseResult {}

    default Optional<RunUrl> found() {
        return this instanceof Found found ? Optional.of(found.url()) : Optional.empty();
    }

    /** Why a URL is not accepted as the page of a run. */
    enum RunUrlRejection {
        EMPTY(false),
        /** It is longer than any URL that Prow writes. */
        TOO_LONG(false),
        /** It contains white space, control characters or non-ASCII characters. */
        CHARACTERS(false),
        /** It contains {@code %} or a backslash: names in Prow need no escaping, so this is suspicious. */
        ESCAPES(false),
        /** It contains {@code ?} or {@code #}. */
        QUERY(false),
        /** It contains a segment {@code .} or {@code ..}. */
        DOT_SEGMENT(false),
        /** The scheme is neither http nor https, or not the trusted one of this host. */
        SCHEME(true),
        /** It contains a user or a password. */
        USER_INFO(true),
        /** The host is trusted, but not with this port. */
        PORT(true),
        HOST(true),
        BUCKET(true),
        /** It is a page of a trusted host, but not of a run. */
        LAYOUT(false),
        BUILD(false);

        private final boolean foreign;

        RunUrlRejection(boolean foreign) {
            this.foreign = foreign;
        }

        /** Whether the URL belongs to another system, such as another CI, rather than being malformed. */
        public boolean isForeign() {
            return foreign;
        }

        /** As written in traces and metrics: {@code dot-segment}. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
