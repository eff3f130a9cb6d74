// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

/** A request without a complete response. The message is for the operator. */
public final class RequestFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean maybeProcessed;

    public RequestFailedException(boolean maybeProcessed, String message) {
        super(message, null, false, false);
        this.maybeProcessed = maybeProcessed;
    }

    /** The message for the operator; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    /** True if the server may have processed the request; false if the request certainly did not reach it. */
    public boolean maybeProcessed() {
        return maybeProcessed;
    }
}
