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
 * Receives buttons through Socket Mode: an outgoing connection, so that no endpoint of ours needs to be reachable.
 *
 * <p>Call {@link #refresh()} periodically.
 */
public final class SlackSocket implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SlackSocket.class);

    private final SlackApi api;
    private final SecretFile appToken;
    private final BlockActionHandler actions;
    private @Nullable SocketModeClient client;
    private volatile @Nullable ConfigProblem problem;

    /** @param appToken file with the app-level token, {@code xapp-…}, with the scope {@code connections:write} */
    public SlackSocket(SlackApi api, SecretFile appToken, BlockActionHandler presses) {
        this.api = api;
        this.appToken = appToken;
        this.actions = presses;
    }

    /** The problem that the last {@link #refresh()} found. */
    public Optional<ConfigProblem> problem() {
        return Optional.ofNullable(problem);
    }

    /** Opens the socket, or reopens it if it is dead or the token has changed. Never throws. */
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
            report("Socket Mode failed (" + e.getMessage() + "): check the app-level token in " + appToken.path()
                    + ", and that Socket Mode is enabled in the app");
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
                : ConfigProblem.ofFile("Slack buttons", "do not work: " + why, "use /ci-notify until then");
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
                LOG.debug("failed to close the socket", e);
            }
            client = null;
        }
    }
}
