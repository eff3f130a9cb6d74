// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** Describes why an operation failed, in words that fit into a message for the operator. */
public final class RootCause {
    private RootCause() {}

    /** The root cause; of invalid JSON only the position, because the parser quotes untrusted input. */
    public static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof JsonProcessingException)) {
            root = root.getCause();
        }
        if (root instanceof JsonProcessingException json) {
            return json.getLocation() == null
                    ? "invalid JSON"
                    : "invalid JSON at line " + json.getLocation().getLineNr() + ", column "
                            + json.getLocation().getColumnNr();
        }
        return switch (root) {
            case UnknownHostException unknown -> "no such host";
            case UnresolvedAddressException unresolved -> "no such host";
            case ConnectException refused -> "connection failed";
            case ClosedChannelException closed -> "connection failed";
            case TimeoutException late -> "timed out";
            case HttpTimeoutException late -> "timed out";
            default -> Objects.requireNonNullElse(root.getMessage(), "unknown reason");
        };
    }
}
