// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Why an address is not the page of a run. */
public enum RunUrlRejection {
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

    RunUrlRejection(boolean foreign) {
        this.foreign = foreign;
    }

    /** Whether it belongs to somebody else, as those of other CI systems do, and is not merely malformed. */
    public boolean isForeign() {
        return foreign;
    }

    /** As written in traces and metrics: {@code dot-segment}. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
