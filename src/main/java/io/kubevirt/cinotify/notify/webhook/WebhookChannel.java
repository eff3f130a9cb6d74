// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.webhook;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.BoundedHttpClient.RequestFailedException;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.Links;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Posts each message as JSON. After an unknown outcome the message is posted again with the same idempotency key, by which the
 * receiver detects the duplicate.
 */
public final class WebhookChannel implements Channel {
    /** The name in the configuration, the outbox and metrics. */
    public static final String NAME = "webhook";

    /** The header with the id of a message; the same for each attempt. */
    static final String KEY_HEADER = "Idempotency-Key";

    private static final String SIGNATURE_HEADER = "X-Ci-Notify-Signature-256";

    private static final Pattern HTML =
            Pattern.compile("(?is)\\x{FEFF}?\\s*(<\\?xml.*?>\\s*)?(<!--.*?-->\\s*)*<(!doctype html|html)\\b");

    private final BoundedHttpClient client;
    private final Supplier<WebhookConfig.All> webhooks;
    private final Function<String, SecretFile> secrets;
    private final Supplier<Links> links;

    WebhookChannel(
            BoundedHttpClient client,
            Supplier<WebhookConfig.All> webhooks,
            Function<String, SecretFile> secrets,
            Supplier<Links> links) {
        this.client = client;
        this.webhooks = webhooks;
        this.secrets = secrets;
        this.links = links;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(false, false, false);
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage incidentMessage ->
                webhooks.get().byName().entrySet().stream()
                        .filter(webhook -> webhook.getValue().accepts(incidentMessage.notification()))
                        .map(Map.Entry::getKey)
                        .toList();
            case OutgoingMessage.TextMessage textMessage ->
                textMessage.channel().equals(NAME) ? List.of(textMessage.destination()) : List.of();
        };
    }

    @Override
    public Audience audience(String destination) {
        return Audience.PUBLIC;
    }

    @Override
    public SendResult post(AddressedMessage message) {
        WebhookConfig webhook = webhooks.get().byName().get(message.destination());
        if (webhook == null) {
            return new SendResult.Rejected("webhook " + message.destination() + " is no longer configured");
        }
        try {
            HttpRequest request = request(webhook, message);
            message.beforeWrite();
            return toResult(message, client.send(request));
        } catch (SecretFile.UnusableException e) {
            // Each webhook has its own secret: an unusable one must not stop the other webhooks.
            return new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, e.getMessage());
        } catch (RequestFailedException e) {
            // After an unknown outcome the receiver may know of the incident and needs its resolution.
            return SendException.of(e).result();
        }
    }

    /** Never called, since {@link #capabilities} excludes it. */
    @Override
    public SendResult edit(AddressedMessage message, String root) {
        return post(message);
    }

    /** Never called, since {@link #capabilities} excludes it. */
    @Override
    public SendResult reply(AddressedMessage message, String root) {
        return post(message);
    }

    @Override
    public LookupResult findRoot(AddressedMessage message) {
        return new LookupResult.NotFound();
    }

    @Override
    public LookupResult findReply(AddressedMessage message, String root) {
        return new LookupResult.NotFound();
    }

    private HttpRequest request(WebhookConfig webhook, AddressedMessage message) throws SecretFile.UnusableException {
        byte[] body = WebhookPayload.of(message, links.get()).toJson();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(webhook.url()))
                .header("Content-Type", "application/json")
                .header("User-Agent", "ci-notify")
                .header(KEY_HEADER, message.marker())
                .POST(BodyPublishers.ofByteArray(body));
        if (webhook.secretFile() != null) {
            request.header(
                    SIGNATURE_HEADER,
                    WebhookPayload.sign(
                            body, secrets.apply(webhook.secretFile()).read()));
        }
        return request.build();
    }

    private static SendResult toResult(AddressedMessage message, HttpResult answer) {
        String detail = "webhook " + message.destination() + " responded with " + answer.status() + " ("
                + answer.excerpt() + ")";
        if (answer.isSuccess()) {
            // The body is up to the receiver, except that no receiver of JSON answers with a page for people.
            return HTML.matcher(answer.body()).lookingAt()
                    ? new SendResult.Unknown(detail + ": an HTML page, such as that of a login; fix its URL")
                    : new SendResult.Sent(message.marker());
        }
        return switch (answer.status()) {
            case 425, 429 -> new SendResult.RetryLater(answer.retryAfter(), detail);
            case 401, 403 ->
                new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, detail + ": fix its secret or its URL");
            case 404, 405, 410 ->
                new SendResult.RetryLater(
                        SecretFile.OPERATOR_RETRY_DELAY,
                        detail + ": fix its URL in the configuration, or remove the webhook");
            case 413 -> new SendResult.Rejected(detail + ": allow larger bodies");
            // Both mean that nothing was done; any other server error may have happened afterwards.
            case 408, 503 -> new SendResult.RetryLater(answer.retryAfter(), detail);
            default -> {
                if (answer.isServerError()) {
                    yield new SendResult.Unknown(detail);
                }
                yield answer.status() / 100 == 3
                        ? new SendResult.RetryLater(
                                SecretFile.OPERATOR_RETRY_DELAY, detail + ": use the URL of the redirect")
                        : new SendResult.RetryLater(
                                answer.retryAfter(), detail + ": config/webhook.schema.json describes the body");
            }
        };
    }
}
