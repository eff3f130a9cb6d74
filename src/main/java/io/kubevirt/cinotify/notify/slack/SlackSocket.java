// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.response.AckResponse;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.yaml.ConfigProblem;
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
    private final BlockActionHandler actions;
    private @Nullable SocketModeClient client;
    private volatile @Nullable ConfigProblem problem;

    /** @param appToken the file with the app-level token, {@code xapp-…}, with the scope {@code connections:write} */
    public SlackSocket(SlackApi api, SecretFile appToken, BlockActionHandler presses) {
        this.api = api;
        this.appToken = appToken;
        this.actions = presses;
    }

    /** What is wrong with the socket, as the last {@link #refresh()} saw it. */
    public Optional<ConfigProblem> problem() {
        return Optional.ofNullable(problem);
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
        } catch (SecretFile.UnusableException e) {
            report(e.getMessage());
        } catch (IOException | RuntimeException e) {
            report("Slack opens no socket for the buttons (" + e.getMessage() + "): look at the app-level token in "
                    + appToken.path() + ", and that the app's Socket Mode is on");
        }
    }

    private SocketModeClient open(String token) throws IOException {
        SocketModeClient opened = api.sdk().socketMode(token, SocketModeClient.Backend.JavaWebSocket);
        opened.addInteractiveEnvelopeListener(envelope -> {
            if (actions.handle(String.valueOf(envelope.getPayload()))) {
                opened.sendSocketModeResponse(AckResponse.builder()
                        .envelopeId(envelope.getEnvelopeId())
                        .build());
            }
        });
        opened.connect();
        return opened;
    }

    private void report(@Nullable String why) {
        ConfigProblem found = why == null
                ? null
                : ConfigProblem.ofFile("the buttons of Slack", "do not work: " + why, "until then use /ci-notify");
        if (found != null && !found.equals(problem)) {
            LOG.warn(found);
        }
        problem = found;
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
