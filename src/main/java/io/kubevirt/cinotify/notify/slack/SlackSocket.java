// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.socket_mode.SocketModeClient;
import com.slack.api.socket_mode.request.SocketModeEnvelope;
import com.slack.api.socket_mode.response.AckResponse;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Receives buttons, the slash command and visits of the Home tab through Socket Mode: an outgoing connection, so that no endpoint of ours needs to be reachable.
 *
 * <p>Call {@link #refresh()} periodically.
 */
public final class SlackSocket implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(SlackSocket.class);

    private final SlackApi api;
    private final SecretFile appToken;
    private final SlackReceiver receiver;
    private @Nullable SocketModeClient client;
    /** Whether the bot token had all scopes when Slack was last asked. */
    private boolean hasScopes;

    private volatile @Nullable ConfigProblem problem;

    /** @param appToken file with the app-level token, {@code xapp-…}, with the scope {@code connections:write} */
    public SlackSocket(SlackApi api, SecretFile appToken, SlackReceiver receiver) {
        this.api = api;
        this.appToken = appToken;
        this.receiver = receiver;
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
                hasScopes = false;
                client = open(token);
            }
            List<String> lacking = hasScopes ? List.of() : SlackScopes.missing(api);
            hasScopes = lacking.isEmpty();
            report(
                    hasScopes
                            ? null
                            : "the bot token lacks " + String.join(", ", lacking) + ": reinstall the app with them");
        } catch (SecretFile.UnusableException e) {
            report(e.getMessage());
        } catch (SendException e) {
            report("the bot token was not checked: " + e.result());
        } catch (IOException | RuntimeException e) {
            report("Socket Mode failed (" + e.getMessage() + "): check the app-level token in " + appToken.path()
                    + ", and that Socket Mode is enabled in the app");
        }
    }

    private SocketModeClient open(String token) throws IOException {
        SocketModeClient opened = api.sdk().socketMode(token, SocketModeClient.Backend.JavaWebSocket);
        opened.addInteractiveEnvelopeListener(envelope -> receive(opened, envelope));
        opened.addSlashCommandsEnvelopeListener(envelope -> receive(opened, envelope));
        opened.addEventsApiEnvelopeListener(envelope -> receive(opened, envelope));
        opened.connect();
        return opened;
    }

    /** What is not stored is not acknowledged: Slack shows an error to the person, or sends it again. */
    private void receive(SocketModeClient from, SocketModeEnvelope envelope) {
        try {
            receiver.receive(String.valueOf(envelope.getPayload()));
            from.sendSocketModeResponse(
                    AckResponse.builder().envelopeId(envelope.getEnvelopeId()).build());
        } catch (JournalUnavailableException e) {
            LOG.errorf(e, "cannot store what a person did on Slack; Slack shows an error to the person");
        }
    }

    private void report(@Nullable String why) {
        ConfigProblem found = why == null
                ? null
                : ConfigProblem.ofFile(
                        "Slack buttons", "do not work completely: " + why, "comment /ci-notify on GitHub until then");
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
