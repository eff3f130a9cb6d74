// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.time.Duration;

/** A response, read up to a limit; {@code retryAfter} is zero if the server asks for no delay. */
public record HttpResult(int status, Duration retryAfter, String body) {
    private static final int MAX_EXCERPT_CHARS = 200;

    public boolean isSuccess() {
        return status / 100 == 2;
    }

    /** True if the server may have processed the request although it failed. */
    public boolean isServerError() {
        return status / 100 == 5 || status == 408;
    }

    /** The start of the body. It is censored before it is cut: a part of a secret would not be recognized. */
    public String excerpt() {
        String line = Secrets.censor(body)
                .codePoints()
                .limit(MAX_EXCERPT_CHARS)
                .map(point -> Character.isISOControl(point) ? ' ' : point)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
        return line.isEmpty() ? "empty body" : line;
    }
}
