// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.teams;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.JsonRequests;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.prow.Visibility;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Posts a card for each notification that interrupts somebody, and for each resolution. A workflow can neither edit nor find a
 * message, and accepts a message before it is shown: if the workflow fails then, nobody but its owner sees it.
 */
public final class TeamsChannel implements Channel {
    /** The name in the configuration, the outbox and metrics. */
    public static final String NAME = "teams";

    /** Templates of the folder {@code plain}, in its markup. */
    public static final TemplateSet TEMPLATES = TeamsCard.TEMPLATES;

    private final JsonRequests requests;
    private final Supplier<TeamsConfig> config;
    private final Function<String, SecretFile> secrets;
    private final MessageRenderer renderer;

    TeamsChannel(
            BoundedHttpClient client,
            Supplier<TeamsConfig> config,
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

    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(false, false, false);
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage incident -> {
                NotificationKind kind = incident.notification().kind();
                String area = incident.notification().incident().diagnosis().area();
                yield kind.interrupts() || kind == NotificationKind.RESOLVED
                        ? List.of(config.get().destinationOf(area))
                        : List.of();
            }
            case OutgoingMessage.TextMessage text ->
                text.channel().equals(NAME) ? List.of(text.destination()) : List.of();
        };
    }

    @Override
    public Audience audience(String destination) {
        return config.get().visibility() == Visibility.PRIVATE ? Audience.PRIVATE : Audience.PUBLIC;
    }

    @Override
    public Optional<String> defaultDestination() {
        return Optional.of(TeamsConfig.DEFAULT);
    }

    @Override
    public SendResult post(AddressedMessage message) {
        SecretFile file = secrets.apply(config.get().urlFileOf(message.destination()));
        try {
            URI url = url(file.read());
            if (url == null) {
                return JsonRequests.operatorMustFix(
                        SendResult.Scope.DESTINATION, file.path() + " does not contain the URL of a workflow of Teams");
            }
            JsonNode card = TeamsCard.message(renderer.title(message), renderer.standalone(message));
            message.beforeWrite();
            return toResult(message, file, requests.send("POST", url, Map.of(), card));
        } catch (SecretFile.UnusableException e) {
            // Each destination has its own file: an unusable one must not stop the others.
            return JsonRequests.operatorMustFix(SendResult.Scope.DESTINATION, e.getMessage());
        } catch (SendException e) {
            return e.result();
        }
    }

    /** Its signature is a secret of its own: a server may echo only the query. */
    private static @Nullable URI url(String text) {
        try {
            URI url = new URI(text);
            if (url.getHost() == null || !List.of("https", "http").contains(url.getScheme())) {
                return null;
            }
            if (url.getRawQuery() != null) {
                Arrays.stream(url.getRawQuery().split("&"))
                        .filter(part -> part.startsWith("sig="))
                        .forEach(part -> Secrets.add(part.substring("sig=".length())));
            }
            return url;
        } catch (URISyntaxException e) {
            return null;
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

    private static SendResult toResult(AddressedMessage message, SecretFile file, HttpResult answer) {
        String detail = "the workflow of Teams for " + message.destination() + " responded with " + answer.status()
                + " (" + answer.excerpt() + ")";
        if (answer.isSuccess()) {
            return answer.body().strip().startsWith("<")
                    ? new SendResult.Unknown(detail + ": a web page; check the URL in " + file.path())
                    : new SendResult.Sent(message.marker());
        }
        return switch (answer.status()) {
            case 413 -> new SendResult.Rejected(detail + ": shorten the template");
            case 429 -> new SendResult.RetryLater(answer.retryAfter(), detail);
            default ->
                answer.isServerError()
                        ? new SendResult.Unknown(detail)
                        : JsonRequests.operatorMustFix(
                                SendResult.Scope.DESTINATION,
                                detail
                                        + ": check that the workflow is on and its owner still exists, and put its URL into "
                                        + file.path());
        };
    }
}
