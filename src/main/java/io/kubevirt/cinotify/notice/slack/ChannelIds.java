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

import com.google.re2j.Pattern;
import com.slack.api.methods.response.conversations.ConversationsListResponse;
import com.slack.api.model.Conversation;
import com.slack.api.model.ConversationType;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.SecretFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The ids of channels that the settings name. Slack posts to a name as well, but reads back and edits only by id; each
 * post tells the id, so that the list is asked only for a message whose answer was lost.
 */
final class ChannelIds {

    private static final Pattern ID = Pattern.compile("[CG][A-Z0-9]{8,}");
    private static final int PAGE = 1000;
    private static final int MOST_PAGES = 30;

    private final SlackApi api;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    ChannelIds(SlackApi api) {
        this.api = api;
    }

    void remember(String place, String id) {
        known.put(place, id);
    }

    /** @throws Failed if Slack cannot be asked, or shows no such channel */
    String of(String place) throws Failed {
        if (ID.matches(place)) {
            return place;
        }
        String id = known.get(place);
        if (id == null) {
            id = listed(place);
            remember(place, id);
        }
        return id;
    }

    private String listed(String place) throws Failed {
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String from = cursor;
            ConversationsListResponse answer = api.ask(
                    place,
                    methods -> methods.conversationsList(list -> list.types(List.of(ConversationType.PUBLIC_CHANNEL))
                            .limit(PAGE)
                            .cursor(from)));
            Optional<Conversation> named = answer.getChannels().stream()
                    .filter(channel -> place.equals(channel.getName()))
                    .findFirst();
            if (named.isPresent()) {
                return named.get().getId();
            }
            cursor = SlackSearch.next(answer.getResponseMetadata());
            if (cursor.isEmpty()) {
                break;
            }
        }
        throw new Failed(new Receipt.Later(
                SecretFile.MENDING,
                "Slack lists no public channel " + place
                        + ": mend the name in the settings; a private channel is named by its id"));
    }
}
