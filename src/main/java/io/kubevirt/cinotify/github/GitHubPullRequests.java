// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pull requests and the statuses of their commits. */
public final class GitHubPullRequests {
    /** GitHub keeps a thousand statuses of a commit. */
    private static final int MOST_PAGES = 10;

    /** A comparison lists no more, and does not show that there are more. */
    private static final int COMPARED_FILES = 300;

    private final GitHubApi api;

    public GitHubPullRequests(GitHubApi api) {
        this.api = api;
    }

    /**
     * A pull request.
     *
     * @param headOwner owner of the branch; null if the fork is gone
     */
    public record PullRequest(
            int number,
            String state,
            boolean merged,
            boolean draft,
            String author,
            String title,
            String sha,
            String headRef,
            @Nullable String headOwner,
            String base) {
        static PullRequest of(JsonNode node) {
            JsonNode head = node.path("head");
            return new PullRequest(
                    node.path("number").asInt(),
                    node.path("state").asText(""),
                    node.path("merged").asBoolean(),
                    node.path("draft").asBoolean(),
                    node.path("user").path("login").asText(""),
                    node.path("title").asText(""),
                    head.path("sha").asText(""),
                    head.path("ref").asText(""),
                    head.path("repo").path("owner").path("login").asText(null),
                    node.path("base").path("ref").asText(""));
        }
    }

    /**
     * The newest status of a context.
     *
     * @param state {@code success}, {@code failure}, {@code error} or {@code pending}
     */
    public record Status(
            String context,
            String state,
            String description,
            @Nullable String targetUrl) {}

    /** A file that a pull request changes; null where it does not exist. */
    public record ChangedFile(
            String path, @Nullable String before, @Nullable String after) {
        int characters() {
            return (before == null ? 0 : before.length()) + (after == null ? 0 : after.length());
        }
    }

    /**
     * How much is read of a pull request.
     *
     * @param characters of all files, before and after
     */
    public record ChangeLimits(int files, int characters) {}

    /**
     * The changed files with their contents, where the pull request began and at its head. A renamed file is two.
     *
     * @param limits more is an error, as are 300 changed files, and a file of more than 1 MB
     */
    public List<ChangedFile> changes(
            Repository repository, PullRequest pull, Predicate<String> wanted, ChangeLimits limits)
            throws GitHubException {
        JsonNode comparison = api.get(
                repository.org(),
                GitHubRequest.path(repository) + "/compare/" + GitHubRequest.encoded(pull.base()) + "..."
                        + GitHubRequest.encoded(pull.sha()));
        if (comparison.path("files").size() >= COMPARED_FILES) {
            throw GitHubException.rejected("the pull request changes " + COMPARED_FILES + " files or more");
        }
        String base = comparison.path("merge_base_commit").path("sha").asText("");
        Set<String> paths = new LinkedHashSet<>();
        for (JsonNode file : comparison.path("files")) {
            Stream.of("previous_filename", "filename")
                    .map(name -> file.path(name).asText(""))
                    .filter(wanted)
                    .forEach(paths::add);
        }
        if (paths.size() > limits.files()) {
            throw GitHubException.rejected("the pull request changes more than " + limits.files() + " files of jobs");
        }
        List<ChangedFile> changes = new ArrayList<>();
        int characters = 0;
        for (String path : paths) {
            ChangedFile file =
                    new ChangedFile(path, content(repository, path, base), content(repository, path, pull.sha()));
            characters += file.characters();
            if (characters > limits.characters()) {
                throw GitHubException.rejected("the changed files of jobs have more than " + limits.characters()
                        + " characters, before and after");
            }
            changes.add(file);
        }
        return changes;
    }

    private @Nullable String content(Repository repository, String path, String commit) throws GitHubException {
        return new GitHubFiles(api).read(repository, path, commit).orElse(null);
    }

    public PullRequest get(Repository repository, int number) throws GitHubException {
        return PullRequest.of(api.get(repository.org(), GitHubRequest.path(repository) + "/pulls/" + number));
    }

    /** The newest status of each context of a commit. */
    public List<Status> statuses(Repository repository, String sha) throws GitHubException {
        List<Status> statuses = new ArrayList<>();
        String path =
                GitHubRequest.path(repository) + "/commits/" + GitHubRequest.encoded(sha) + "/status?per_page=100";
        for (int page = 1; page <= MOST_PAGES; page++) {
            JsonNode answer = api.get(repository.org(), path + "&page=" + page);
            answer.path("statuses").forEach(status -> statuses.add(status(status)));
            if (statuses.size() >= answer.path("total_count").asInt()
                    || answer.path("statuses").isEmpty()) {
                return statuses;
            }
        }
        return statuses;
    }

    private static Status status(JsonNode node) {
        return new Status(
                node.path("context").asText(""),
                node.path("state").asText(""),
                node.path("description").asText(""),
                Optional.of(node.path("target_url"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::asText)
                        .orElse(null));
    }
}
