// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.time.Duration;

/**
 * What a server said.
 *
 * @param status HTTP's
 * @param retryAfter how long it wants to be left alone; zero if it did not say
 * @param body the beginning of it, read as UTF-8
 */
public record HttpResult(int status, Duration retryAfter, String body) {

    private static final int MAX_EXCERPT_CHARS = 200;

    /** Whether it is a 2xx. */
    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** Whether the server could not: something may have been done. */
    public boolean isServerError() {
        return status / 100 == 5 || status == 408;
    }

    /** Its beginning on one line, for the operator. */
    public String excerpt() {
        String line = body.codePoints()
                .limit(MAX_EXCERPT_CHARS)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return line.isEmpty() ? "nothing more" : line;
    }
}
