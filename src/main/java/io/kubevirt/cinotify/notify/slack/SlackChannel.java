// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import com.slack.api.methods.response.chat.ChatUpdateResponse;
import com.slack.api.model.Message;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.ReadBackResult;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One root message per incident and channel, edited as the incident changes; people are mentioned in its thread. */
public final class SlackChannel implements Channel {
    /** The name in the configuration, the outbox and metrics. */
    public static final String NAME = "slack";

    /** Slack's limit is one message per second and channel. */
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(1);

    /** A post may end half a minute after its timeout; the history shows it within seconds. */
    private static final Duration VISIBILITY_DELAY = Duration.ofSeconds(60);

    /** Tolerance for clock differences; the time of an incident may come from Prow. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final SlackApi api;
    private final Supplier<SlackContext> context;
    private final SlackFormatter formatter;
    private final ChannelIdCache ids;
    private final SlackSearch search;

    /** @param context asked for each message, since the configuration may change */
    public SlackChannel(SlackApi api, Supplier<SlackContext> context, SlackFormatter formatter) {
        this.api = api;
        this.context = context;
        this.formatter = formatter;
        this.ids = new ChannelIdCache(api);
        this.search = new SlackSearch(api);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String preview(AddressedMessage message) {
        return formatter.text(message);
    }

    @Override
    public ChannelCapabilities capabilities() {
        return new ChannelCapabilities(true, true, true, MIN_INTERVAL, VISIBILITY_DELAY);
    }

    @Override
    public List<String> destinations(OutgoingMessage content) {
        return switch (content) {
            case OutgoingMessage.IncidentMessage incidentMessage ->
                context.get().channelsFor(incidentMessage.notification().incident());
            case OutgoingMessage.TextMessage textMessage ->
                textMessage.channel().equals(NAME) ? List.of(textMessage.destination()) : List.of();
        };
    }

    @Override
    public Audience audience(String destination) {
        return ChannelIdCache.isUser(destination) ? Audience.PRIVATE : Audience.PUBLIC;
    }

    @Override
    public Optional<String> directMessages(String handle) {
        return context.get().slackUser(handle);
    }

    @Override
    public Optional<String> defaultDestination() {
        return Optional.of(context.get().config().defaultChannel());
    }

    @Override
    public SendResult post(AddressedMessage addressed) {
        try {
            SlackMessageRef written = write(addressed, null, addressed.rootMarker(), formatter.root(addressed));
            ids.remember(addressed.destination(), written.channel());
            return new SendResult.Sent(written.toString());
        } catch (SendException e) {
            return e.result();
        }
    }

    @Override
    public SendResult reply(AddressedMessage addressed, String root) {
        try {
            SlackMessageRef parent = SlackMessageRef.parse(root);
            return new SendResult.Sent(write(addressed, parent, addressed.marker(), formatter.reply(addressed))
                    .toString());
        } catch (SendException e) {
            return e.result();
        }
    }

    @Override
    public SendResult edit(AddressedMessage addressed, String root) {
        try {
            SlackMessageRef at = SlackMessageRef.parse(root);
            ChatUpdateResponse answer = api.write(
                    addressed,
                    formatter.root(addressed),
                    message -> methods -> methods.chatUpdate(update -> update.channel(at.channel())
                            .ts(at.ts())
                            .text(message.text())
                            .blocks(message.blocks())
                            .metadata(SlackMessage.metadata(addressed.rootMarker(), addressed.marker()))));
            return at.ts().equals(answer.getTs())
                    ? new SendResult.Sent(root)
                    : new SendResult.Unknown("Slack edited the message but returned no reference to it");
        } catch (SendException e) {
            return e.result();
        }
    }

    @Override
    public ReadBackResult readBack(AddressedMessage addressed, String root) {
        try {
            Optional<Message> shown = search.read(SlackMessageRef.parse(root));
            // A person deleted it.
            return shown.isEmpty() || SlackMessage.shows(shown.get(), addressed.marker())
                    ? new ReadBackResult.Matches()
                    : new ReadBackResult.Differs("the message shows another state");
        } catch (SendException e) {
            return e.readBackResult();
        }
    }

    @Override
    public LookupResult findRoot(AddressedMessage addressed) {
        try {
            return search.findRoot(
                    ids.resolve(addressed.destination()), addressed.rootMarker(), earliest(addressed.message()));
        } catch (SendException e) {
            return e.lookupResult();
        }
    }

    @Override
    public LookupResult findReply(AddressedMessage addressed, String root) {
        try {
            return search.findReply(SlackMessageRef.parse(root), addressed.marker());
        } catch (SendException e) {
            return e.lookupResult();
        }
    }

    /** Messages about an incident are not older than it. */
    private static @Nullable Instant earliest(OutgoingMessage content) {
        return content instanceof OutgoingMessage.IncidentMessage incidentMessage
                ? incidentMessage.notification().incident().openedAt().minus(CLOCKS_DIFFER)
                : null;
    }

    private SlackMessageRef write(
            AddressedMessage addressed, @Nullable SlackMessageRef root, String marker, SlackMessage message)
            throws SendException {
        String destination = addressed.destination();
        ChatPostMessageResponse answer = api.write(
                addressed,
                message,
                shown -> methods ->
                        methods.chatPostMessage(post -> post.channel(root == null ? destination : root.channel())
                                .threadTs(root == null ? null : root.ts())
                                .text(shown.text())
                                .blocks(shown.blocks())
                                .metadata(SlackMessage.metadata(marker, addressed.marker()))
                                .linkNames(false)
                                .unfurlLinks(false)
                                .unfurlMedia(false)));
        if (answer.getChannel() == null || answer.getTs() == null) {
            throw new SendException(new SendResult.Unknown("Slack posted the message but returned no reference"));
        }
        return new SlackMessageRef(answer.getChannel(), answer.getTs());
    }
}
