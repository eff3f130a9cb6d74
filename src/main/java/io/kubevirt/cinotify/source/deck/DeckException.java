// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.deck;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The deck did not give its ProwJobs. */
final class DeckException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String operatorMessage;
    private final Duration retryAfter;

    /**
     * @param sentence for the operator
     * @param notBefore the pause that the deck asks for; zero if none
     */
    DeckException(String sentence, Duration notBefore, @Nullable Throwable cause) {
        super(sentence, cause);
        this.operatorMessage = sentence;
        this.retryAfter = notBefore;
    }

    String operatorMessage() {
        return operatorMessage;
    }

    Duration retryAfter() {
        return retryAfter;
    }
}
