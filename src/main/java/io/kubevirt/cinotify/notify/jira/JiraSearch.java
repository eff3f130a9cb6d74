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
 * Looks up issues and comments. Jira's search lags behind writes: an issue counts as missing only {@link #LAG} after it may have been
 * created, which the outbox waits for.
 */
final class JiraSearch {
    /** A few seconds on a healthy site; Atlassian's monitoring calls a minute late. */
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
        // Without requested fields, the new search returns only ids.
        query.putArray("fields").add("summary");
        HttpResult answer = api.exchange("POST", "search", query);
        // Atlassian Cloud has moved it.
        if (isNotFound(answer)) {
            answer = api.exchange("POST", "search/jql", query);
        }
        if (isNotFound(answer)) {
            throw new SendException(
                    new SendResult.RetryLater(LAG, "jira.url has no search: check that it is the URL of Jira"));
        }
        JsonNode found =
                api.json(api.requireSuccess(answer)).path("issues").path(0).path("key");
        return found.isTextual() ? new LookupResult.Found(found.asText()) : new LookupResult.NotFound();
    }

    private static boolean isNotFound(HttpResult answer) {
        return answer.status() == 404 || answer.status() == 410;
    }

    /** The newest first, if Jira sorts them. */
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
        return new LookupResult.Inconclusive(LAG, "issue " + issue + " has too many comments to search");
    }
}
