// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.prow.Repository;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Teams of organizations. */
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
}
