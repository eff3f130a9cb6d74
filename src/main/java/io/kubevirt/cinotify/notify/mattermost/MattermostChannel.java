// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.mattermost;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.JsonRequests;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.MessageRenderer;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.prow.Visibility;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One post per incident and channel, edited as the incident changes; people are mentioned in its thread. Markers are in its props. */
public final class MattermostChannel implements Channel {
    /** The name in the configuration, the outbox and metrics. */
    public static final String NAME = "mattermost";

    /** Templates of the folder {@code plain}, in its markup. */
    public static final TemplateSet TEMPLATES = MattermostMarkup.TEMPLATES;

    private static final String PROPS = "ci_notify";
    private static final int PAGE = 200;

    /** More than a busy channel gets while an outcome is unknown; more pages would take longer than a minute. */
    private static final int MOST_PAGES = 5;

    /** The answers to a change of a post that was deleted, and of one without permission. */
    private static final Set<Integer> MAYBE_DELETED = Set.of(400, 403, 404);

    private final MattermostApi api;
    private final Supplier<MattermostConfig> config;
    private final MessageRenderer renderer;

    MattermostChannel(MattermostApi api, Supplier<MattermostConfig> config, MessageRenderer renderer) {
        this.api = api;
        this.config = config;
        this.renderer = renderer;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String preview(AddressedMessage message) {
        return root(message);
    }

    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(true, true, true);
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage incident ->
                List.of(config.get()
                        .channelOf(
                                incident.notification().incident().diagnosis().area()));
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
        return Optional.of(config.get().channel());
    }

    @Override
    public SendResult post(AddressedMessage addressed) {
        return create(addressed, root(addressed), null);
    }

    @Override
    public SendResult reply(AddressedMessage addressed, String root) {
        return MattermostConfig.ID.matches(root)
                ? create(addressed, renderer.reply(addressed), root)
                : new SendResult.TargetGone(root + " is no post of Mattermost");
    }

    private SendResult create(AddressedMessage addressed, String text, @Nullable String root) {
        ObjectNode post = content(addressed, text).put("channel_id", addressed.destination());
        if (root != null) {
            post.put("root_id", root);
        }
        return write(addressed, "POST", "posts", post, root);
    }

    @Override
    public SendResult edit(AddressedMessage addressed, String root) {
        return MattermostConfig.ID.matches(root)
                ? write(addressed, "PUT", "posts/" + root + "/patch", content(addressed, root(addressed)), root)
                : new SendResult.TargetGone(root + " is no post of Mattermost");
    }

    private SendResult write(
            AddressedMessage addressed, String method, String path, ObjectNode body, @Nullable String root) {
        try {
            addressed.beforeWrite();
            HttpResult answer = api.exchange(method, path, body);
            if (root != null && MAYBE_DELETED.contains(answer.status()) && api.isDeleted(root)) {
                return new SendResult.TargetGone("post " + root + " was deleted on Mattermost");
            }
            String id = api.json(answer).path("id").asText();
            return MattermostConfig.ID.matches(id)
                    ? new SendResult.Sent(id)
                    : new SendResult.Unknown("Mattermost responded without the id of the post: check mattermost.url");
        } catch (SendException e) {
            return e.result();
        }
    }

    @Override
    public ReadBackResult readBack(AddressedMessage addressed, String root) {
        try {
            return api.isDeleted(root) || shows(api.get("posts/" + root), addressed.marker())
                    ? new ReadBackResult.Matches()
                    : new ReadBackResult.Differs("post " + root + " shows another message");
        } catch (SendException e) {
            return e.ofRead().readBackResult();
        }
    }

    /** The newest posts first. */
    @Override
    public LookupResult findRoot(AddressedMessage addressed) {
        try {
            for (int page = 0; page < MOST_PAGES; page++) {
                JsonNode list =
                        api.get("channels/" + addressed.destination() + "/posts?per_page=" + PAGE + "&page=" + page);
                for (JsonNode post : posts(list)) {
                    if (post.path("props").path(PROPS).path("root").asText().equals(addressed.rootMarker())
                            && post.path("root_id").asText().isEmpty()) {
                        return new LookupResult.Found(post.path("id").asText());
                    }
                }
                if (posts(list).size() < PAGE) {
                    break;
                }
            }
            return new LookupResult.NotFound();
        } catch (SendException e) {
            return e.lookupResult();
        }
    }

    @Override
    public LookupResult findReply(AddressedMessage addressed, String root) {
        try {
            for (JsonNode post : posts(api.get("posts/" + root + "/thread"))) {
                if (!post.path("id").asText().equals(root) && shows(post, addressed.marker())) {
                    return new LookupResult.Found(post.path("id").asText());
                }
            }
            return new LookupResult.NotFound();
        } catch (SendException e) {
            return e.lookupResult();
        }
    }

    /** A response without the list proves nothing. */
    private static JsonNode posts(JsonNode list) throws SendException {
        JsonNode posts = list.path("posts");
        if (!posts.isObject()) {
            throw new SendException(JsonRequests.operatorMustFix(
                    SendResult.Scope.DESTINATION, "Mattermost responded without posts: check mattermost.url"));
        }
        return posts;
    }

    private static boolean shows(JsonNode post, String marker) {
        return post.path("props").path(PROPS).path("message").asText().equals(marker);
    }

    private String root(AddressedMessage addressed) {
        return MattermostMarkup.TEMPLATES.markup().strong(new MattermostMarkup().text(renderer.title(addressed)))
                + "\n"
                + renderer.root(addressed);
    }

    private static ObjectNode content(AddressedMessage addressed, String text) {
        ObjectNode content = JsonNodeFactory.instance.objectNode().put("message", text);
        content.putObject("props")
                .putObject(PROPS)
                .put("root", addressed.rootMarker())
                .put("message", addressed.marker());
        return content;
    }
}
