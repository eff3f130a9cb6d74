// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
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

    LookupResult issue(String project, String marker) throws SendException {
        ObjectNode query = JsonNodeFactory.instance
                .objectNode()
                .put("jql", "project = \"" + project + "\" AND labels = \"" + marker + "\" ORDER BY created ASC")
                .put("maxResults", 1);
        // Without a field that it is asked for, the one at its new address tells ids alone.
        query.putArray("fields").add("summary");
        HttpResult answer = api.exchange("POST", "search", query);
        // Atlassian's own sites have moved it.
        if (isNotFound(answer)) {
            answer = api.exchange("POST", "search/jql", query);
        }
        if (isNotFound(answer)) {
            throw new SendException(new SendResult.RetryLater(
                    LAG, "there is no search at jira.url: look whether it is Jira's address"));
        }
        JsonNode found =
                api.json(api.requireSuccess(answer)).path("issues").path(0).path("key");
        return found.isTextual() ? new LookupResult.Found(found.asText()) : new LookupResult.NotFound();
    }

    private static boolean isNotFound(HttpResult answer) {
        return answer.status() == 404 || answer.status() == 410;
    }

    /** The newest first, as far as Jira sorts them. */
    LookupResult comment(String issue, String anchor) throws SendException {
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = api.get("issue/" + issue + "/comment?orderBy=-created&maxResults=" + COMMENTS_A_PAGE
                    + "&startAt=" + page * COMMENTS_A_PAGE);
            for (JsonNode comment : answer.path("comments")) {
                if (comment.path("body").asText().contains(anchor)) {
                    return new LookupResult.Found(comment.path("id").asText());
                }
            }
            if (answer.path("total").asInt() <= (page + 1) * COMMENTS_A_PAGE) {
                return new LookupResult.NotFound();
            }
        }
        return new LookupResult.Inconclusive(LAG, "issue " + issue + " has more comments than are read");
    }
}
