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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Announcer;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.store.Form;
import io.kubevirt.cinotify.store.PlacedSaying;
import io.kubevirt.cinotify.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Takes in what is to be said, in the transaction in which that is decided. */
public final class Outbox {

    private final Channels channels;
    private final Transaction transaction;
    private final Instant now;

    /** @param channels those that are open now: what is added later goes to those that are open then */
    public Outbox(Channels channels, Transaction transaction, Instant now) {
        this.channels = channels;
        this.transaction = transaction;
        this.now = now;
    }

    /** Adds a content, once for each of its places; one that is there already stays as it is. */
    public void add(Content content) {
        List<PlacedSaying> places = channels.sayings(content).stream()
                .flatMap(
                        saying -> forms(saying, channels.named(saying.channel()).orElseThrow()))
                .toList();
        transaction.contents().add(content, places, now);
    }

    /**
     * Takes out whatever of a content has not been written.
     *
     * @return whether nobody has seen any of it, nor will
     */
    public boolean withdraw(String contentId) {
        return transaction.contents().withdraw(contentId, now);
    }

    private Stream<PlacedSaying> forms(Saying saying, Channel channel) {
        return switch (saying.content()) {
            case Content.Letter letter -> Stream.of(as(letter.replaces() ? Form.SHOW : Form.SAY, saying, now));
            case Content.IncidentNews(Message message, List<String> why) -> news(saying, channel, message);
        };
    }

    private Stream<PlacedSaying> news(Saying saying, Channel channel, Message message) {
        Instant seen = message.firstSeenAt();
        if (seen.isAfter(now)) {
            PlacedSaying later = as(Form.SAY, saying, seen);
            return channel instanceof Announcer ? Stream.of(as(Form.ANNOUNCE, saying, now), later) : Stream.of(later);
        }
        return message.at().isAfter(now) && channel.abilities().replies()
                ? Stream.of(as(Form.SHOW, saying, now), as(Form.CALL, saying, message.at()))
                : Stream.of(as(Form.SAY, saying, now));
    }

    private static PlacedSaying as(Form form, Saying saying, Instant due) {
        return new PlacedSaying(saying.channel(), saying.place(), form, due);
    }
}
