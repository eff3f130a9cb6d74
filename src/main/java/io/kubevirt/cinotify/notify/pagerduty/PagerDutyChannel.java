// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.pagerduty;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.JsonRequests;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.prow.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * An alert for each blocking incident that nobody acknowledged in time; it is acknowledged and resolved with the incident. An event
 * whose outcome is unknown is repeated with the same key once it cannot be carried out late any more: a late trigger would open the
 * alert of a resolved incident again.
 */
public final class PagerDutyChannel implements Channel {
    /** The name in the configuration, the outbox and metrics. */
    public static final String NAME = "pagerduty";

    /** The service of the routing key. */
    static final String SERVICE = "service";

    /** PagerDuty asks clients to wait for minutes. */
    private static final Duration RATE_LIMIT_DELAY = Duration.ofMinutes(1);

    private final JsonRequests requests;
    private final Supplier<PagerDutyConfig> config;
    private final Function<String, SecretFile> secrets;
    private final MessageRenderer renderer;

    PagerDutyChannel(
            BoundedHttpClient client,
            Supplier<PagerDutyConfig> config,
            Function<String, SecretFile> secrets,
            MessageRenderer renderer) {
        this.requests = new JsonRequests(client);
        this.config = config;
        this.secrets = secrets;
        this.renderer = renderer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String preview(AddressedMessage message) {
        return renderer.title(message);
    }

    /** The lookup finds nothing, so an event with an unknown outcome waits until it cannot be carried out late. */
    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(true, false, true);
    }

    /** The key is the same. */
    @Override
    public boolean isIdempotent() {
        return true;
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage(Notification notification, List<String> why) ->
                PagerDutyEvent.isNeeded(notification.kind(), notification.incident()) ? List.of(SERVICE) : List.of();
            case OutgoingMessage.TextMessage text ->
                text.channel().equals(NAME) ? List.of(text.destination()) : List.of();
        };
    }

    @Override
    public Audience audience(String destination) {
        return config.get().visibility() == Visibility.PRIVATE ? Audience.PRIVATE : Audience.PUBLIC;
    }

    @Override
    public SendResult post(AddressedMessage message) {
        PagerDutyConfig now = config.get();
        try {
            SecretFile key = secrets.apply(now.routingKeyFile());
            JsonNode event = PagerDutyEvent.of(message, key.read(), renderer);
            message.beforeWrite();
            return toResult(message, key, requests.send("POST", now.events(), Map.of(), event));
        } catch (SecretFile.UnusableException e) {
            return SendException.of(e).result();
        } catch (SendException e) {
            return e.result();
        }
    }

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

    private static SendResult toResult(AddressedMessage message, SecretFile key, HttpResult answer) {
        String detail = "PagerDuty responded with " + answer.status() + " (" + answer.excerpt() + ")";
        if (answer.isSuccess()) {
            boolean accepted = Optional.ofNullable(JsonRequests.object(answer))
                    .map(body -> body.path("status").asText().equals("success"))
                    .orElse(false);
            return accepted
                    ? new SendResult.Sent(PagerDutyEvent.key(message))
                    : new SendResult.Unknown(detail + ": check pagerduty.url");
        }
        if (answer.status() == 429) {
            Duration asked = answer.retryAfter();
            return new SendResult.RetryLater(
                    asked.compareTo(RATE_LIMIT_DELAY) > 0 ? asked : RATE_LIMIT_DELAY, SendResult.Scope.CHANNEL, detail);
        }
        if (answer.isServerError()) {
            return new SendResult.Unknown(detail);
        }
        if (answer.status() == 413 || answer.status() == 400 && !answer.body().contains("routing_key")) {
            return new SendResult.Rejected(detail + ": please report this with the log");
        }
        return JsonRequests.operatorMustFix(
                SendResult.Scope.CHANNEL,
                detail + ": check pagerduty.url, and put the integration key of the service into " + key.path());
    }
}
