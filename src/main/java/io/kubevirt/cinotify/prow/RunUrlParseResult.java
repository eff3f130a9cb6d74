// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

public sealed interface RunUrlParseResult {
    record Found(RunUrl url) implements RunUrlParseResult {}

    /** The fix is the end of a sentence for the operator: what to correct, in the URL or in the settings. */
    record Rejected(RunUrlRejection reason, String fix) implements RunUrlParseResult {}

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
        /** It contains a backslash, or an escape that is invalid, or stands for a slash or a control character. */
        ESCAPES(false),
        /** It contains a segment {@code .} or {@code ..}. */
        DOT_SEGMENT(false),
        /** The scheme is neither http nor https, or not the trusted one of this host. */
        SCHEME(true),
        /** It contains a user or a password. */
        USER_INFO(true),
        /** The host is trusted, but not with this port. */
        PORT(true),
        HOST(true),
        /** The host is trusted, the bucket is not. */
        BUCKET(false),
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

        /** Whether the host is trusted, so that the configuration should know the rest of the URL. */
        public boolean isOnTrustedHost() {
            return this == BUCKET || this == LAYOUT || this == BUILD;
        }

        /** As written in traces and metrics: {@code dot-segment}. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
