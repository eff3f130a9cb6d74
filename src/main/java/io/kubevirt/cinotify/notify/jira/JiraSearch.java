// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;
import java.time.Duration;

/**
 * Looks up issues and comments. Jira's search lags behind writes: an issue counts as missing only {@link #LAG} after it may have been
 * created, which the outbox waits for.
 *
 * @see <a href="https://developer.atlassian.com/cloud/jira/platform/search-and-reconcile/">Atlassian's documentation of the lag</a>
 */
final class JiraSearch {
    /** A creation may end half a minute after its timeout; the search lags some seconds, rarely more than a minute. */
    static final Duration LAG = Duration.ofMinutes(2);

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
        // Without requested fields, the search of Jira Cloud returns only ids.
        query.putArray("fields").add("summary");
        HttpResult answer = api.search(query);
        if (answer.status() == 404 || answer.status() == 410) {
            throw new SendException(new SendResult.RetryLater(
                    LAG, "jira.url has no search: check that it is the URL of Jira, and set jira.user for Jira Cloud"));
        }
        JsonNode issues = list(api.json(api.requireSuccess(answer)), "issues");
        if (issues.isEmpty()) {
            return new LookupResult.NotFound();
        }
        return new LookupResult.Found(JiraChannel.id(issues.path(0), "key", "found an issue"));
    }

    /** The newest first, if Jira sorts them. */
    LookupResult comment(String issue, JiraReference reference) throws SendException {
        int start = 0;
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer = api.get(
                    "issue/" + issue + "/comment?orderBy=-created&maxResults=" + COMMENTS_A_PAGE + "&startAt=" + start);
            JsonNode comments = list(answer, "comments");
            for (JsonNode comment : comments) {
                if (reference.isIn(comment.path("body").asText())) {
                    return new LookupResult.Found(JiraChannel.id(comment, "id", "found a comment"));
                }
            }
            start += comments.size();
            if (comments.isEmpty() || start >= answer.path("total").asInt(Integer.MAX_VALUE)) {
                return new LookupResult.NotFound();
            }
        }
        return new LookupResult.Inconclusive(LAG, "issue " + issue + " has too many comments to search");
    }

    /** A response without the list proves nothing. */
    private static JsonNode list(JsonNode answer, String name) throws SendException {
        JsonNode list = answer.path(name);
        if (!list.isArray()) {
            throw new SendException(new SendResult.RetryLater(
                    SecretFile.OPERATOR_RETRY_DELAY, "Jira responded without \"" + name + "\": check jira.url"));
        }
        return list;
    }
}
