// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Stores what people do on Slack. Slack is answered once it is stored and before it is executed, as it waits only 3 seconds; what
 * Slack sends twice has the same id and is executed once.
 */
public final class SlackReceiver {
    private static final Logger LOG = Logger.getLogger(SlackReceiver.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Journal journal;
    private final InstantSource clock;
    private final SlackRequestReader reader;

    /** @param snooze of a Snooze button that names no time */
    public SlackReceiver(Journal journal, InstantSource clock, Duration snooze) {
        this.journal = journal;
        this.clock = clock;
        this.reader = new SlackRequestReader(snooze);
    }

    /**
     * Stores a payload of Socket Mode; one that is not for this app is ignored.
     *
     * @throws JournalUnavailableException if it is not stored: do not acknowledge it, so that Slack shows an error to the person
     */
    void receive(String payload) throws JournalUnavailableException {
        try {
            store(JSON.readTree(payload));
        } catch (JsonProcessingException e) {
            LOG.warnf("ignoring a payload of Slack that is not JSON: %s", e.getOriginalMessage());
        }
    }

    /**
     * Stores the body of a signed HTTP request: a form with a JSON payload, a form, or JSON.
     *
     * @return the body of the response
     * @throws JournalUnavailableException if it is not stored: answer with an error
     */
    public String receive(String contentType, byte[] body) throws JournalUnavailableException {
        String text = new String(body, StandardCharsets.UTF_8);
        try {
            JsonNode payload = contentType.toLowerCase(Locale.ROOT).startsWith("application/json")
                    ? JSON.readTree(text)
                    : form(text);
            JsonNode nested = payload.path("payload");
            if (payload.path("type").asText().equals("url_verification")) {
                return payload.path("challenge").asText();
            }
            store(nested.isTextual() ? JSON.readTree(nested.asText()) : payload);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            LOG.warnf("ignoring a request of Slack that is neither JSON nor a form: %s", e.getMessage());
        }
        return "";
    }

    private void store(JsonNode payload) throws JournalUnavailableException {
        Optional<SlackRequest> request = reader.read(payload);
        if (request.isPresent()) {
            journal.append(new Delivery(
                    "slack-" + request.get().id(),
                    SlackRequest.EVENT,
                    clock.instant(),
                    request.get().toBytes()));
        }
    }

    private static ObjectNode form(String body) {
        ObjectNode form = JSON.createObjectNode();
        for (String pair : body.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return form;
    }

    private static String decoded(String part) {
        return URLDecoder.decode(part, StandardCharsets.UTF_8);
    }
}
