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
import io.kubevirt.cinotify.notify.SendResult;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks up messages by the marker in their metadata. Slack may allow 15 messages and one call a minute, so a lookup that is interrupted
 * goes on where it stopped, and never delays other messages.
 *
 * @see <a href="https://docs.slack.dev/reference/methods/conversations.history">Slack's documentation</a>
 */
final class SlackSearch {
    private static final int PAGE = 200;

    /** More than a busy channel gets during an incident. */
    private static final int MOST_MESSAGES = 5000;

    /** Lookups that are under way. */
    private static final int MOST_SWEEPS = 500;

    /** A message may become visible after a newer one. */
    private static final long OVERLAP_SECONDS = 120;

    private final SlackApi api;
    private final Map<String, Sweep> sweeps = new LinkedHashMap<>();

    SlackSearch(SlackApi api) {
        this.api = api;
    }

    /**
     * A search through the pages of a channel or thread.
     *
     * @param oldest lower limit of the time; null for none
     * @param cursor of the next page; empty for the first
     * @param next lower limit of the next search: everything before it was read
     * @param messages number of messages read
     */
    private record Sweep(
            @Nullable String oldest,
            String cursor,
            @Nullable String next,
            int messages) {
        static Sweep from(@Nullable String oldest) {
            return new Sweep(oldest, "", oldest, 0);
        }

        Sweep after(Page page) {
            String known = cursor.isEmpty() ? page.overlap(next) : next;
            return new Sweep(
                    oldest, page.next(), known, messages + page.messages().size());
        }
    }

    private record Page(List<Message> messages, String next) {
        static Page of(@Nullable List<Message> messages, @Nullable ResponseMetadata metadata) throws SendException {
            if (messages == null) {
                throw new SendException(new SendResult.RetryLater(
                        SecretFile.OPERATOR_RETRY_DELAY,
                        "Slack responded without messages: check that --slack-endpoint is Slack's Web API"));
            }
            return new Page(messages, SlackSearch.next(metadata));
        }

        /** Shortly before the newest message. */
        @Nullable String overlap(@Nullable String otherwise) {
            return messages.stream().mapToLong(message -> seconds(message.getTs())).max().stream()
                    .mapToObj(newest -> Long.toString(newest - OVERLAP_SECONDS))
                    .findFirst()
                    .orElse(otherwise);
        }

        private static long seconds(@Nullable String ts) {
            String whole = ts == null ? "" : ts.replaceFirst("\\..*", "");
            return whole.matches("[0-9]{1,15}") ? Long.parseLong(whole) : 0;
        }
    }

    @FunctionalInterface
    private interface PageFetcher {
        Page fetch(Sweep sweep) throws SendException;
    }

    /** The message itself; empty if it was deleted. */
    Optional<Message> read(SlackMessageRef message) throws SendException {
        ConversationsHistoryResponse answer = api.lookUp(
                message.channel(),
                methods -> methods.conversationsHistory(history -> history.channel(message.channel())
                        .oldest(message.ts())
                        .latest(message.ts())
                        .inclusive(true)
                        .limit(1)
                        .includeAllMetadata(true)));
        return Page.of(answer.getMessages(), null).messages().stream()
                .filter(found -> message.ts().equals(found.getTs()))
                .findFirst();
    }

    /**
     * Searches a channel, the newest message first.
     *
     * @param since lower limit of the time; null if unknown
     */
    LookupResult findRoot(String channel, String marker, @Nullable Instant since) throws SendException {
        String oldest = since == null ? null : Long.toString(since.getEpochSecond());
        return search(channel, marker, oldest, sweep -> {
            ConversationsHistoryResponse answer = api.lookUp(
                    channel,
                    methods -> methods.conversationsHistory(history -> history.channel(channel)
                            .oldest(sweep.oldest())
                            .limit(PAGE)
                            .cursor(sweep.cursor())
                            .includeAllMetadata(true)));
            return Page.of(answer.getMessages(), answer.getResponseMetadata());
        });
    }

    /** Searches the thread of a message. */
    LookupResult findReply(SlackMessageRef root, String marker) throws SendException {
        return search(root.channel(), marker, null, sweep -> {
            ConversationsRepliesResponse answer = api.lookUp(
                    root.channel(),
                    methods -> methods.conversationsReplies(replies -> replies.channel(root.channel())
                            .ts(root.ts())
                            .oldest(sweep.oldest())
                            .limit(PAGE)
                            .cursor(sweep.cursor())
                            .includeAllMetadata(true)));
            return Page.of(answer.getMessages(), answer.getResponseMetadata());
        });
    }

    /** Not found means that everything was read, the newest messages in this very call. */
    private LookupResult search(String channel, String marker, @Nullable String oldest, PageFetcher pages)
            throws SendException {
        String key = channel + " " + marker;
        Sweep sweep = resume(key, oldest);
        boolean begunHere = sweep.cursor().isEmpty();
        while (sweep.messages() < MOST_MESSAGES) {
            Page page = fetch(pages, sweep, key);
            Optional<Message> found = page.messages().stream()
                    .filter(message -> SlackMessage.hasMarker(message, marker))
                    .findFirst();
            if (found.isPresent()) {
                forget(key);
                return new LookupResult.Found(
                        new SlackMessageRef(channel, found.get().getTs()).toString());
            }
            sweep = sweep.after(page);
            if (sweep.cursor().isEmpty()) {
                sweep = Sweep.from(sweep.next());
                if (begunHere) {
                    remember(key, sweep);
                    return new LookupResult.NotFound();
                }
                begunHere = true;
            }
            remember(key, sweep);
        }
        forget(key);
        return new LookupResult.Inconclusive(
                SecretFile.OPERATOR_RETRY_DELAY,
                "the last " + MOST_MESSAGES + " messages of " + channel
                        + " do not contain it, and older ones are not searched");
    }

    private Page fetch(PageFetcher pages, Sweep sweep, String key) throws SendException {
        try {
            return pages.fetch(sweep);
        } catch (SendException e) {
            if (e.toString().contains("invalid_cursor")) {
                forget(key);
            }
            throw e;
        }
    }

    private synchronized Sweep resume(String key, @Nullable String oldest) {
        Sweep known = sweeps.get(key);
        return known == null ? Sweep.from(oldest) : known;
    }

    private synchronized void remember(String key, Sweep sweep) {
        if (sweeps.size() >= MOST_SWEEPS && !sweeps.containsKey(key)) {
            sweeps.remove(sweeps.keySet().iterator().next());
        }
        sweeps.put(key, sweep);
    }

    private synchronized void forget(String key) {
        sweeps.remove(key);
    }

    /** The cursor of the next page; empty if there is none. */
    static String next(@Nullable ResponseMetadata metadata) {
        return metadata == null || metadata.getNextCursor() == null ? "" : metadata.getNextCursor();
    }
}
