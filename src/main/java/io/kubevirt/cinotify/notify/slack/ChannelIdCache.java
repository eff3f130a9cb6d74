// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.slack;

import com.google.re2j.Pattern;
import com.slack.api.methods.response.conversations.ConversationsListResponse;
import com.slack.api.methods.response.conversations.ConversationsOpenResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of configured channels. Slack accepts names for posts but needs ids for lookups and edits. Each post returns the id, so the
 * list is only read after a lost response.
 */
final class ChannelIdCache {
    private static final Pattern ID = Pattern.compile("[CDG][A-Z0-9]{8,}");

    /** A person: Slack posts to the direct messages of the app and the person. */
    private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{6,}");

    private static final int PAGE = 1000;
    private static final int MOST_PAGES = 30;

    private final SlackApi api;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    ChannelIdCache(SlackApi api) {
        this.api = api;
    }

    static boolean isUser(String destination) {
        return USER.matches(destination);
    }

    void remember(String destination, String id) {
        known.put(destination, id);
    }

    /** @throws SendException if Slack fails or has no such channel */
    String resolve(String destination) throws SendException {
        if (ID.matches(destination)) {
            return destination;
        }
        String id = known.get(destination);
        if (id == null) {
            id = isUser(destination) ? directMessages(destination) : fetch(destination);
            remember(destination, id);
        }
        return id;
    }

    private String directMessages(String user) throws SendException {
        ConversationsOpenResponse answer =
                api.lookUp(user, methods -> methods.conversationsOpen(open -> open.users(List.of(user))));
        if (answer.getChannel() == null) {
            throw new SendException(new SendResult.Unknown("Slack opened direct messages but returned no id"));
        }
        return answer.getChannel().getId();
    }

    private String fetch(String destination) throws SendException {
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String from = cursor;
            ConversationsListResponse answer = api.lookUp(
                    destination,
                    methods -> methods.conversationsList(list -> list.types(List.of(ConversationType.PUBLIC_CHANNEL))
                            .limit(PAGE)
                            .cursor(from)));
            if (answer.getChannels() == null) {
                break;
            }
            Optional<Conversation> named = answer.getChannels().stream()
                    .filter(channel -> destination.equals(channel.getName()))
                    .findFirst();
            if (named.isPresent()) {
                return named.get().getId();
            }
            cursor = SlackSearch.next(answer.getResponseMetadata());
            if (cursor.isEmpty()) {
                break;
            }
        }
        throw new SendException(new SendResult.RetryLater(
                SecretFile.OPERATOR_RETRY_DELAY,
                "Slack has no public channel " + destination
                        + ": fix its name in the configuration, or use the id of a private channel"));
    }
}
