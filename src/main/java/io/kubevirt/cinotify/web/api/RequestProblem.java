// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

/** A request that is answered with an error: what is wrong, and what to do. The message is the detail. */
public final class RequestProblem extends Exception {
    private final int status;
    private final String title;
    private final String hint;

    private RequestProblem(int status, String title, String detail, String hint) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.hint = hint;
    }

    public static RequestProblem badRequest(String detail, String hint) {
        return new RequestProblem(400, "bad request", detail, hint);
    }

    public static RequestProblem forbidden(String detail, String hint) {
        return new RequestProblem(403, "forbidden", detail, hint);
    }

    /** What is not public is not found: both have the same answer. */
    public static RequestProblem notFound(String detail, String hint) {
        return new RequestProblem(404, "not found", detail, hint);
    }

    public static RequestProblem conflict(String detail, String hint) {
        return new RequestProblem(409, "conflict", detail, hint);
    }

    public static RequestProblem of(int status, String title, String detail, String hint) {
        return new RequestProblem(status, title, detail, hint);
    }

    /** As RFC 9457 names them; {@code hint} says what to do. */
    public record Body(String title, int status, String detail, String hint) {}

    public int status() {
        return status;
    }

    public Body body() {
        return new Body(title, status, String.valueOf(getMessage()), hint);
    }
}
