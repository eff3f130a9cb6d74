/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One root message per incident and channel, edited as the incident changes; who must act is called in its thread. */
public final class SlackChannel implements Channel {

    /** By what settings, the outbox and metrics know it. */
    public static final String NAME = "slack";

    /** Slack takes one message a second for each channel. */
    private static final Duration EVERY = Duration.ofSeconds(1);

    /** Clocks differ; an incident's own time may be Prow's. */
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private final SlackApi api;
    private final Supplier<SlackDirectory> directory;
    private final SlackLayout layout;
    private final ChannelIds ids;
    private final SlackSearch search;

    /** @param directory asked anew for each content, since settings change */
    public SlackChannel(SlackApi api, Supplier<SlackDirectory> directory, SlackLayout layout) {
        this.api = api;
        this.directory = directory;
        this.layout = layout;
        this.ids = new ChannelIds(api);
        this.search = new SlackSearch(api);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Abilities abilities() {
        return new Abilities(true, true, true, EVERY);
    }

    @Override
    public List<String> places(Content content) {
        return switch (content) {
            case Content.IncidentNews news ->
                directory.get().placesOf(news.message().incident().diagnosis());
            case Content.Letter letter -> letter.channel().equals(NAME) ? List.of(letter.place()) : List.of();
        };
    }

    @Override
    public Optional<String> home() {
        return Optional.of(directory.get().places().channel());
    }

    @Override
    public Receipt post(Saying saying) {
        try {
            SlackReference written = write(saying.place(), null, saying.rootMarker(), layout.root(saying));
            ids.remember(saying.place(), written.channel());
            return new Receipt.Written(written.toString());
        } catch (Failed e) {
            return e.receipt();
        }
    }

    @Override
    public Receipt reply(Saying saying, String root) {
        try {
            return new Receipt.Written(
                    write(saying.place(), SlackReference.parse(root), saying.marker(), layout.reply(saying))
                            .toString());
        } catch (Failed e) {
            return e.receipt();
        }
    }

    @Override
    public Receipt edit(Saying saying, String root) {
        try {
            SlackReference at = SlackReference.parse(root);
            SlackMessage message = layout.root(saying);
            api.ask(
                    saying.place(),
                    methods -> methods.chatUpdate(update -> update.channel(at.channel())
                            .ts(at.ts())
                            .text(message.text())
                            .blocks(message.blocks())
                            .metadata(SlackMetadata.of(saying.rootMarker()))));
            return new Receipt.Written(root);
        } catch (Failed e) {
            return e.repeatable();
        }
    }

    @Override
    public Lookup findRoot(Saying saying) {
        try {
            return search.root(ids.of(saying.place()), saying.rootMarker(), begin(saying.content()));
        } catch (Failed e) {
            return e.lookup();
        }
    }

    @Override
    public Lookup findReply(Saying saying, String root) {
        try {
            return search.reply(SlackReference.parse(root), saying.marker());
        } catch (Failed e) {
            return e.lookup();
        }
    }

    /** Nothing about an incident is older than it. */
    private static @Nullable Instant begin(Content content) {
        return content instanceof Content.IncidentNews news
                ? news.message().incident().openedAt().minus(CLOCKS_DIFFER)
                : null;
    }

    private SlackReference write(String place, @Nullable SlackReference root, String marker, SlackMessage message)
            throws Failed {
        ChatPostMessageResponse answer = api.ask(
                place,
                methods -> methods.chatPostMessage(post -> post.channel(root == null ? place : root.channel())
                        .threadTs(root == null ? null : root.ts())
                        .text(message.text())
                        .blocks(message.blocks())
                        .metadata(SlackMetadata.of(marker))
                        .linkNames(false)
                        .unfurlLinks(false)
                        .unfurlMedia(false)));
        if (answer.getChannel() == null || answer.getTs() == null) {
            throw new Failed(new Receipt.Unknown("Slack says that the message is there, but not where"));
        }
        return new SlackReference(answer.getChannel(), answer.getTs());
    }
}
