// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.slack.api.methods.response.conversations.ConversationsHistoryResponse;
import com.slack.api.methods.response.conversations.ConversationsRepliesResponse;
import com.slack.api.model.Message;
import com.slack.api.model.ResponseMetadata;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.SendException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Looks up messages by the marker in their metadata. */
final class SlackSearch {
    private static final int PAGE = 200;

    /** Five thousand messages: more than a busy channel gets during an incident. */
    private static final int MOST_PAGES = 25;

    private final SlackApi api;

    SlackSearch(SlackApi api) {
        this.api = api;
    }

    private record Page(List<Message> messages, String next) {}

    @FunctionalInterface
    private interface PageFetcher {
        Page fetch(String cursor) throws SendException;
    }

    /**
     * Searches a channel, the newest message first.
     *
     * @param since lower limit of the time; null if unknown
     */
    LookupResult findRoot(String channel, String marker, @Nullable Instant since) throws SendException {
        return search(channel, marker, cursor -> {
            ConversationsHistoryResponse answer = api.call(
                    channel,
                    methods -> methods.conversationsHistory(history -> history.channel(channel)
                            .oldest(since == null ? null : Long.toString(since.getEpochSecond()))
                            .limit(PAGE)
                            .cursor(cursor)
                            .includeAllMetadata(true)));
            return new Page(answer.getMessages(), next(answer.getResponseMetadata()));
        });
    }

    /** Searches the thread of a message. */
    LookupResult findReply(SlackMessageRef root, String marker) throws SendException {
        return search(root.channel(), marker, cursor -> {
            ConversationsRepliesResponse answer = api.call(
                    root.channel(),
                    methods -> methods.conversationsReplies(replies -> replies.channel(root.channel())
                            .ts(root.ts())
                            .limit(PAGE)
                            .cursor(cursor)
                            .includeAllMetadata(true)));
            return new Page(answer.getMessages(), next(answer.getResponseMetadata()));
        });
    }

    private static LookupResult search(String channel, String marker, PageFetcher pages) throws SendException {
        String cursor = "";
        for (int count = 0; count < MOST_PAGES; count++) {
            Page page = pages.fetch(cursor);
            Optional<Message> found = page.messages().stream()
                    .filter(message -> SlackMessage.hasMarker(message, marker))
                    .findFirst();
            if (found.isPresent()) {
                return new LookupResult.Found(
                        new SlackMessageRef(channel, found.get().getTs()).toString());
            }
            cursor = page.next();
            if (cursor.isEmpty()) {
                return new LookupResult.NotFound();
            }
        }
        return new LookupResult.Inconclusive(
                SecretFile.OPERATOR_RETRY_DELAY,
                "the last " + PAGE * MOST_PAGES + " messages of " + channel
                        + " do not contain it, and older ones are not searched");
    }

    /** The cursor of the next page; empty if there is none. */
    static String next(@Nullable ResponseMetadata metadata) {
        return metadata == null || metadata.getNextCursor() == null ? "" : metadata.getNextCursor();
    }
}
