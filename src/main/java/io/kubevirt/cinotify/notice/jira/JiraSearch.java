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
package io.kubevirt.cinotify.notice.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.http.Answer;
import java.time.Duration;

/**
 * Finds what was written. Jira's search lags behind its writes: that an issue is missing counts only {@link #LAG} after it
 * may have been written, which the outbox sees to.
 */
final class JiraSearch {

    /** Some seconds on a healthy site; a minute is what Atlassian's monitoring calls late. */
    static final Duration LAG = Duration.ofMinutes(1);

    private static final int COMMENTS_A_PAGE = 100;
    private static final int MOST_PAGES = 20;

    private final JiraApi api;

    JiraSearch(JiraApi api) {
        this.api = api;
    }

    Lookup issue(String project, String marker) throws Failed {
        ObjectNode query = JsonNodeFactory.instance
                .objectNode()
                .put("jql", "project = \"" + project + "\" AND labels = \"" + marker + "\" ORDER BY created ASC")
                .put("maxResults", 1);
        // Without a field that it is asked for, the one at its new address tells ids alone.
        query.putArray("fields").add("summary");
        Answer answer = api.ask("POST", "search", query);
        // Atlassian's own sites have moved it.
        if (isNowhere(answer)) {
            answer = api.ask("POST", "search/jql", query);
        }
        if (isNowhere(answer)) {
            throw new Failed(
                    new Receipt.Later(LAG, "there is no search at jira.url: look whether it is Jira's address"));
        }
        JsonNode found = api.json(api.good(answer)).path("issues").path(0).path("key");
        return found.isTextual() ? new Lookup.Found(found.asText()) : new Lookup.Missing();
    }

    private static boolean isNowhere(Answer answer) {
        return answer.status() == 404 || answer.status() == 410;
    }

    /** The newest first, as far as Jira sorts them. */
    Lookup comment(String issue, String anchor) throws Failed {
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = api.get("issue/" + issue + "/comment?orderBy=-created&maxResults=" + COMMENTS_A_PAGE
                    + "&startAt=" + page * COMMENTS_A_PAGE);
            for (JsonNode comment : answer.path("comments")) {
                if (comment.path("body").asText().contains(anchor)) {
                    return new Lookup.Found(comment.path("id").asText());
                }
            }
            if (answer.path("total").asInt() <= (page + 1) * COMMENTS_A_PAGE) {
                return new Lookup.Missing();
            }
        }
        return new Lookup.Unclear(LAG, "issue " + issue + " has more comments than are read");
    }
}
