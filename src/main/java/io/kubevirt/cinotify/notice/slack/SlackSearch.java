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

import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.SecretFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads channels and threads back to find what carries a marker in its metadata. */
final class SlackSearch {

    private static final int PAGE = 200;

    /** Five thousand messages: more than a busy channel sees in the life of an incident. */
    private static final int MOST_PAGES = 25;

    private final SlackApi api;

    SlackSearch(SlackApi api) {
        this.api = api;
    }

    private record Page(List<Message> messages, String next) {}

    @FunctionalInterface
    private interface Pages {
        Page after(String cursor) throws Failed;
    }

    /**
     * Among the messages of a channel, the newest first.
     *
     * @param since it cannot be older; null if that is not known
     */
    Lookup root(String channel, String marker, @Nullable Instant since) throws Failed {
        return search(channel, marker, cursor -> {
            ConversationsHistoryResponse answer = api.ask(
                    channel,
                    methods -> methods.conversationsHistory(history -> history.channel(channel)
                            .oldest(since == null ? null : Long.toString(since.getEpochSecond()))
                            .limit(PAGE)
                            .cursor(cursor)
                            .includeAllMetadata(true)));
            return new Page(answer.getMessages(), next(answer.getResponseMetadata()));
        });
    }

    /** In the thread of a message. */
    Lookup reply(SlackReference root, String marker) throws Failed {
        return search(root.channel(), marker, cursor -> {
            ConversationsRepliesResponse answer = api.ask(
                    root.channel(),
                    methods -> methods.conversationsReplies(replies -> replies.channel(root.channel())
                            .ts(root.ts())
                            .limit(PAGE)
                            .cursor(cursor)
                            .includeAllMetadata(true)));
            return new Page(answer.getMessages(), next(answer.getResponseMetadata()));
        });
    }

    private static Lookup search(String channel, String marker, Pages pages) throws Failed {
        String cursor = "";
        for (int count = 0; count < MOST_PAGES; count++) {
            Page page = pages.after(cursor);
            Optional<Message> found = page.messages().stream()
                    .filter(message -> SlackMetadata.carries(message, marker))
                    .findFirst();
            if (found.isPresent()) {
                return new Lookup.Found(new SlackReference(channel, found.get().getTs()).toString());
            }
            cursor = page.next();
            if (cursor.isEmpty()) {
                return new Lookup.Missing();
            }
        }
        return new Lookup.Unclear(
                SecretFile.MENDING,
                "the last " + PAGE * MOST_PAGES + " messages of " + channel
                        + " do not hold it, and older ones are not read");
    }

    /** Where the next page begins; empty if there is none. */
    static String next(@Nullable ResponseMetadata metadata) {
        return metadata == null || metadata.getNextCursor() == null ? "" : metadata.getNextCursor();
    }
}
