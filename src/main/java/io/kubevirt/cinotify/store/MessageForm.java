// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.util.Locale;

/** As what a content reaches a place. */
public enum MessageForm {
    /** As it is. */
    SEND,
    /** Before its people are at work: it calls nobody yet. Of a letter: in place of the one that stands there. */
    SILENT,
    /** Calls the people of what was shown. */
    MENTION,
    /** That it will be said later. */
    ANNOUNCE,
    /** That what was announced will not be said. */
    RETRACT;

    /** In lower case, as stored. */
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static MessageForm parse(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
