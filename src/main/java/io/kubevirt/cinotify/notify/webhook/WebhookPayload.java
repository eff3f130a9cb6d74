// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.webhook;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.template.Links;
import io.kubevirt.cinotify.notify.template.MessageModelFactory;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The body of a webhook, described by {@code config/webhook.schema.json}. Unknown values are left out.
 *
 * @param version raised when a value is removed or changes its meaning, not when one is added
 * @param id of the message; the same for each attempt
 * @param thread id of the incident, or of the thread of a text message
 * @param kind {@code opened}, …, or {@code text}
 * @param at when the recipient is notified
 * @param why the steps of the decision
 * @param headline what is broken, where, and how many pull requests are affected, as in other channels
 * @param nextStep from the settings; absent for an incident that is over
 * @param url the page of the incident on the board
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WebhookPayload(
        int version,
        String id,
        String thread,
        String kind,
        @Nullable Instant decidedAt,
        @Nullable Instant at,
        @Nullable String title,
        String text,
        @Nullable IncidentView incident,
        @Nullable Recipient to,
        List<String> why,
        @Nullable String headline,
        @Nullable String nextStep,
        @Nullable String url) {
    private static final int VERSION = 1;
    private static final String ALGORITHM = "HmacSHA256";

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .serializationInclusion(JsonInclude.Include.NON_NULL)
            .build();

    static WebhookPayload of(AddressedMessage message, Links links) {
        return switch (message.message()) {
            case OutgoingMessage.IncidentMessage incidentMessage ->
                of(incidentMessage.notification(), incidentMessage, links);
            case OutgoingMessage.TextMessage textMessage ->
                new WebhookPayload(
                        VERSION,
                        textMessage.id(),
                        textMessage.thread(),
                        "text",
                        null,
                        null,
                        textMessage.title(),
                        textMessage.markdown(),
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null);
        };
    }

    private static WebhookPayload of(
            Notification notification, OutgoingMessage.IncidentMessage incidentMessage, Links links) {
        MessageModelFactory models = new MessageModelFactory(links, handle -> null);
        return new WebhookPayload(
                VERSION,
                incidentMessage.id(),
                incidentMessage.thread(),
                notification.kind().value(),
                notification.decidedAt(),
                notification.at(),
                notification.incident().title(),
                notification.text(),
                notification.incident(),
                notification.to(),
                incidentMessage.why(),
                models.create(notification).layout().headline(),
                links.nextStep(notification.incident()).orElse(null),
                links.page(notification.incident().id()).orElse(null));
    }

    byte[] toJson() {
        try {
            return JSON.writeValueAsString(this).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message that cannot be written as JSON", e);
        }
    }

    /** Signs a body with HMAC-SHA256, in the format of GitHub webhooks. */
    static String sign(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
    }
}
