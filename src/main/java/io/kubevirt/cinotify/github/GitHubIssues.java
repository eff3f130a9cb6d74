// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.github.GitHubRequest.Effect;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Issues and pull requests: comments, labels, reactions. */
public final class GitHubIssues {
    /** Three thousand comments: more than any readable conversation. */
    private static final int MOST_PAGES = 30;

    /** Lists of open issues: 2,000 items. */
    private static final int MOST_LIST_PAGES = 20;

    private final GitHubApi api;
    private final Runnable beforeWrite;

    public GitHubIssues(GitHubApi api) {
        this(api, () -> {});
    }

    private GitHubIssues(GitHubApi api, Runnable beforeWrite) {
        this.api = api;
        this.beforeWrite = beforeWrite;
    }

    /** The same, with a call immediately before each request that writes. */
    public GitHubIssues guardedBy(Runnable guard) {
        return new GitHubIssues(api, guard);
    }

    private JsonNode write(String method, Repository repository, String path, JsonNode body, Effect effect)
            throws GitHubException {
        return api.write(GitHubRequest.write(method, repository.org(), path, body, effect)
                .guardedBy(beforeWrite));
    }

    private JsonNode create(Repository repository, String path, JsonNode body, String id) throws GitHubException {
        return requireId("POST " + path, id, write("POST", repository, path, body, Effect.CREATES));
    }

    private void overwrite(Repository repository, String path, JsonNode body, String id) throws GitHubException {
        requireId("PATCH " + path, id, write("PATCH", repository, path, body, Effect.OVERWRITES));
    }

    /** Without the id in the response, which may be that of a proxy, the outcome is unknown. */
    private static JsonNode requireId(String request, String id, JsonNode response) throws GitHubException {
        if (!response.path(id).isIntegralNumber()) {
            throw GitHubException.unknown(request + ": the response has no " + id + "; check --github-endpoint");
        }
        return response;
    }

    /**
     * An issue or pull request.
     *
     * @param state {@code open} or {@code closed}
     * @param author the login
     * @param closedBy the login of the account that closed it; empty if it is open, or in a list
     * @param pull whether it is a pull request
     * @param locked whether only collaborators can comment
     */
    public record Issue(
            int number,
            String state,
            String author,
            String closedBy,
            String title,
            String body,
            boolean pull,
            boolean locked,
            Set<String> labels) {
        static Issue of(JsonNode node) {
            Set<String> labels = new HashSet<>();
            node.path("labels").forEach(label -> labels.add(label.path("name").asText("")));
            return new Issue(
                    node.path("number").asInt(),
                    node.path("state").asText(""),
                    node.path("user").path("login").asText(""),
                    node.path("closed_by").path("login").asText(""),
                    node.path("title").asText(""),
                    node.path("body").asText(""),
                    node.has("pull_request"),
                    node.path("locked").asBoolean(),
                    Set.copyOf(labels));
        }
    }

    /** A comment on an issue or pull request. */
    public record Comment(long id, String author, String body, String url) {
        static Comment of(JsonNode node) {
            return new Comment(
                    node.path("id").asLong(),
                    node.path("user").path("login").asText(""),
                    node.path("body").asText(""),
                    node.path("html_url").asText(""));
        }
    }

    public record NewIssue(String title, String body, List<String> labels, List<String> assignees) {}

    /** An issue or pull request. */
    public Issue issue(Repository repository, int number) throws GitHubException {
        JsonNode issue = api.get(repository.org(), issuePath(repository, number));
        if (!issue.path("number").isInt()) {
            throw GitHubApi.unexpected("GET " + issuePath(repository, number), "an issue");
        }
        return Issue.of(issue);
    }

    /**
     * Reports whether the account can read a comment, an issue or a repository.
     *
     * @param number of the issue or pull request; null for the repository
     * @param comment of that issue; null for the issue itself
     */
    public boolean isVisible(Repository repository, @Nullable Integer number, @Nullable Long comment)
            throws GitHubException {
        String path = GitHubRequest.path(repository);
        if (comment != null) {
            path = commentPath(repository) + comment;
        } else if (number != null) {
            path = issuePath(repository, number);
        }
        return api.find(repository.org(), path).isPresent();
    }

    /**
     * The newest matching issue of an author, open or closed.
     *
     * @param since lower limit of the last change; null for none
     */
    public Optional<Issue> newest(Repository repository, String author, @Nullable Instant since, Predicate<Issue> fits)
            throws GitHubException {
        return api.findFirst(
                repository.org(),
                GitHubRequest.path(repository) + "/issues?state=all&sort=created&direction=desc&creator="
                        + GitHubRequest.encoded(author) + (since == null ? "" : "&since=" + since),
                MOST_PAGES,
                node -> Optional.of(Issue.of(node)).filter(fits));
    }

    /**
     * A matching issue in GitHub's search, whose index is not the list: it may know an issue that the list does not show yet.
     *
     * @param words that are in the body
     * @see <a href="https://docs.github.com/rest/search/search#search-issues-and-pull-requests">GitHub's documentation</a>
     */
    public Optional<Issue> search(Repository repository, String words, Predicate<Issue> fits) throws GitHubException {
        String query = "\"" + words + "\" in:body is:issue repo:" + repository.fullName();
        String path = "/search/issues?per_page=" + GitHubApi.PAGE_SIZE + "&q=" + GitHubRequest.encoded(query);
        JsonNode items = api.get(repository.org(), path).path("items");
        if (!items.isArray()) {
            throw GitHubApi.unexpected("GET " + path, "a list");
        }
        return StreamSupport.stream(items.spliterator(), false)
                .map(Issue::of)
                .filter(fits)
                .findFirst();
    }

    /** A comment on an issue or pull request. */
    public Comment comment(Repository repository, long id) throws GitHubException {
        JsonNode comment = api.get(repository.org(), commentPath(repository) + id);
        if (!comment.path("id").isIntegralNumber()) {
            throw GitHubApi.unexpected("GET " + commentPath(repository) + id, "a comment");
        }
        return Comment.of(comment);
    }

    /** Opens an issue. */
    public Issue create(Repository repository, NewIssue issue) throws GitHubException {
        ObjectNode body = object().put("title", issue.title()).put("body", issue.body());
        issue.labels().forEach(body.putArray("labels")::add);
        issue.assignees().forEach(body.putArray("assignees")::add);
        return Issue.of(create(repository, GitHubRequest.path(repository) + "/issues", body, "number"));
    }

    /**
     * Changes an issue in one request.
     *
     * @param issue null to leave title and text
     * @param state {@code open} or {@code closed}; null to leave it
     */
    public void change(Repository repository, int number, @Nullable NewIssue issue, @Nullable String state)
            throws GitHubException {
        ObjectNode body = object();
        if (issue != null) {
            body.put("title", issue.title()).put("body", issue.body());
        }
        if (state != null) {
            body.put("state", state);
        }
        overwrite(repository, issuePath(repository, number), body, "number");
    }

    /**
     * The first matching comment.
     *
     * @param since lower limit of the last change; null for none
     */
    public Optional<Comment> comment(
            Repository repository, int number, @Nullable Instant since, Predicate<Comment> fits)
            throws GitHubException {
        return api.findFirst(
                repository.org(),
                issuePath(repository, number) + "/comments?" + (since == null ? "" : "since=" + since),
                MOST_PAGES,
                node -> Optional.of(Comment.of(node)).filter(fits));
    }

    /** Writes a comment. */
    public Comment comment(Repository repository, int number, String text) throws GitHubException {
        return Comment.of(
                create(repository, issuePath(repository, number) + "/comments", object().put("body", text), "id"));
    }

    /** Changes a comment. */
    public void updateComment(Repository repository, long id, String text) throws GitHubException {
        overwrite(repository, commentPath(repository) + id, object().put("body", text), "id");
    }

    /** Adds an assignee. */
    public void assign(Repository repository, int number, String login) throws GitHubException {
        ObjectNode body = object();
        body.putArray("assignees").add(login);
        write("POST", repository, issuePath(repository, number) + "/assignees", body, Effect.NONE);
    }

    /** Adds labels; existing ones stay. */
    public void addLabels(Repository repository, int number, Collection<String> labels) throws GitHubException {
        ObjectNode body = object();
        labels.forEach(body.putArray("labels")::add);
        write("POST", repository, issuePath(repository, number) + "/labels", body, Effect.NONE);
    }

    public Set<String> labels(Repository repository) throws GitHubException {
        Set<String> names = new HashSet<>();
        api.findFirst(repository.org(), GitHubRequest.path(repository) + "/labels?", MOST_PAGES, node -> {
            names.add(node.path("name").asText(""));
            return Optional.empty();
        });
        return names;
    }

    /**
     * Adds a reaction to an issue or pull request.
     *
     * @param reaction {@code eyes}, {@code +1}, {@code confused}, …
     */
    public void react(Repository repository, int number, String reaction) throws GitHubException {
        react(repository, issuePath(repository, number), reaction);
    }

    /** Adds a reaction to a comment. */
    public void reactToComment(Repository repository, long id, String reaction) throws GitHubException {
        react(repository, commentPath(repository) + id, reaction);
    }

    /** Adds a reaction to a review comment. */
    public void reactToReviewComment(Repository repository, long id, String reaction) throws GitHubException {
        react(repository, GitHubRequest.path(repository) + "/pulls/comments/" + id, reaction);
    }

    private void react(Repository repository, String path, String reaction) throws GitHubException {
        write("POST", repository, path + "/reactions", object().put("content", reaction), Effect.NONE);
    }

    private static String issuePath(Repository repository, int number) {
        return GitHubRequest.path(repository) + "/issues/" + number;
    }

    private static String commentPath(Repository repository) {
        return GitHubRequest.path(repository) + "/issues/comments/";
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * All open issues, pull requests included.
     *
     * @throws GitHubException also for more than 2,000 items
     */
    public List<JsonNode> openIssues(Repository repository) throws GitHubException {
        return readPages(repository, "/issues?state=open");
    }

    /**
     * The open issues with a label, each once.
     *
     * @throws GitHubException also for more than 2,000 items
     */
    public List<JsonNode> openIssuesLabelled(Repository repository, String label) throws GitHubException {
        // Oldest first, so that a new issue does not shift the pages.
        return distinct(readPages(
                repository, "/issues?state=open&sort=created&direction=asc&labels=" + GitHubRequest.encoded(label)));
    }

    private static List<JsonNode> distinct(Iterable<JsonNode> items) {
        Map<Integer, JsonNode> byNumber = new LinkedHashMap<>();
        items.forEach(item -> byNumber.put(item.path("number").asInt(), item));
        return List.copyOf(byNumber.values());
    }

    private List<JsonNode> readPages(Repository repository, String query) throws GitHubException {
        List<JsonNode> items = new ArrayList<>();
        api.<JsonNode>findFirst(repository.org(), GitHubRequest.path(repository) + query, MOST_LIST_PAGES, item -> {
            items.add(item);
            return Optional.empty();
        });
        return items;
    }
}
