/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Objects;
import java.util.concurrent.TimeoutException;

/** Why something failed, in words that fit into a sentence for the operator. */
public final class Reason {

    private Reason() {}

    /** The first cause of it; of broken JSON only the place, since its words come from outside. */
    public static String of(Throwable failure) {
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
