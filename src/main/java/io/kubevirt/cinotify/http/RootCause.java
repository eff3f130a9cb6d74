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

/** Why something failed, in words that fit into a sentence for the operator. */
public final class RootCause {

    private RootCause() {}

    /** The first cause of it; of broken JSON only the place, since its words come from outside. */
    public static String describe(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof JsonProcessingException)) {
            root = root.getCause();
        }
        if (root instanceof JsonProcessingException json) {
            return json.getLocation() == null
                    ? "its JSON is broken"
                    : "its JSON is broken at line " + json.getLocation().getLineNr() + ", column "
                            + json.getLocation().getColumnNr();
        }
        return switch (root) {
            case UnknownHostException unknown -> "there is no such host";
            case UnresolvedAddressException unresolved -> "there is no such host";
            case ConnectException refused -> "nobody answers there";
            case ClosedChannelException closed -> "nobody answers there";
            case TimeoutException late -> "no answer came in time";
            case HttpTimeoutException late -> "no answer came in time";
            default -> Objects.requireNonNullElse(root.getMessage(), "no reason was given");
        };
    }
}
