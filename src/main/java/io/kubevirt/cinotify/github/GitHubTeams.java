// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Groups of people: the members of teams, and files of repositories that name them. */
public final class GitHubTeams {
    /** Pages of 100. */
    private static final int MOST_PAGES = 10;

    private final GitHubApi api;

    public GitHubTeams(GitHubApi api) {
        this.api = api;
    }

    /**
     * The logins of the members of a team, and of the teams below it.
     *
     * @param team organization and slug, which are written as a repository is
     */
    public Set<String> members(Repository team) throws GitHubException {
        String path = "/orgs/" + GitHubRequest.encoded(team.org()) + "/teams/" + GitHubRequest.encoded(team.name())
                + "/members";
        Set<String> members = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        boolean isOdd = api.findFirst(team.org(), path + "?role=all", MOST_PAGES, member -> {
                    String login = member.path("login").asText("");
                    members.add(login);
                    return login.isBlank() ? Optional.of(member) : Optional.empty();
                })
                .isPresent();
        if (isOdd) {
            throw GitHubApi.unexpected("GET " + path, "a list of users");
        }
        return members;
    }

    /** A file of the default branch; empty if it does not exist. */
    public Optional<String> file(Repository repository, String path) throws GitHubException {
        return content(api, repository, path, "");
    }

    /** @param query empty, or with a question mark */
    static Optional<String> content(GitHubApi api, Repository repository, String path, String query)
            throws GitHubException {
        String steps =
                Arrays.stream(path.split("/")).map(GitHubRequest::encoded).collect(Collectors.joining("/"));
        JsonNode file = api.find(repository.org(), GitHubRequest.path(repository) + "/contents/" + steps + query)
                .orElse(null);
        if (file == null) {
            return Optional.empty();
        }
        if (!file.path("encoding").asText("").equals("base64")) {
            throw GitHubException.rejected(path + " is no file, or larger than 1 MB");
        }
        return Optional.of(
                new String(Base64.getMimeDecoder().decode(file.path("content").asText("")), StandardCharsets.UTF_8));
    }
}
