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
package io.kubevirt.cinotify.notice.slack;

import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.response.AckResponse;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.SecretFile;
import java.io.IOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The socket by which Slack brings the buttons (Socket Mode): we call Slack, so that nothing of ours need be reachable.
 *
 * <p>Something must call {@link #refresh()} every now and then.
 */
public final class SlackSocket implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SlackSocket.class);

    private final SlackApi api;
    private final SecretFile appToken;
    private final ButtonPresses presses;
    private @Nullable SocketModeClient client;
    private volatile @Nullable Problem trouble;

    /** @param appToken the file with the app-level token, {@code xapp-…}, with the scope {@code connections:write} */
    public SlackSocket(SlackApi api, SecretFile appToken, ButtonPresses presses) {
        this.api = api;
        this.appToken = appToken;
        this.presses = presses;
    }

    /** What is wrong with the socket, as the last {@link #refresh()} saw it. */
    public Optional<Problem> trouble() {
        return Optional.ofNullable(trouble);
    }

    /** Opens the socket, or opens it again if it is dead or the token has changed. Never throws for what Slack is like. */
    public synchronized void refresh() {
        try {
            String token = appToken.read();
            if (client == null || !client.getAppToken().equals(token) || !client.verifyConnection()) {
                close();
                client = open(token);
            }
            report(null);
        } catch (Failed e) {
            report(e.receipt() instanceof Receipt.Later later ? later.why() : e.getMessage());
        } catch (IOException | RuntimeException e) {
            report("Slack opens no socket for the buttons (" + e.getMessage() + "): look at the app-level token in "
                    + appToken.path() + ", and that the app's Socket Mode is on");
        }
    }

    private SocketModeClient open(String token) throws IOException {
        SocketModeClient opened = api.sdk().socketMode(token, SocketModeClient.Backend.JavaWebSocket);
        opened.addInteractiveEnvelopeListener(envelope -> {
            if (presses.take(String.valueOf(envelope.getPayload()))) {
                opened.sendSocketModeResponse(AckResponse.builder()
                        .envelopeId(envelope.getEnvelopeId())
                        .build());
            }
        });
        opened.connect();
        return opened;
    }

    private void report(@Nullable String why) {
        Problem found = why == null
                ? null
                : Problem.ofFile("the buttons of Slack", "do not work: " + why, "until then use /ci-notify");
        if (found != null && !found.equals(trouble)) {
            LOG.warn(found);
        }
        trouble = found;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            try {
                client.close();
            } catch (IOException e) {
                LOG.debug("the socket closed badly", e);
            }
            client = null;
        }
    }
}
