// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Users: our own, members, collaborators, assignees. */
public final class GitHubUsers {
    /** The token may be replaced by one of another account. */
    private static final Duration KNOWN = Duration.ofMinutes(10);

    /** GitHub names the role maintain "write" here, and triage "read". */
    private static final Set<String> WRITING = Set.of("admin", "write");

    private final GitHubApi api;
    private volatile @Nullable Self self;

    private record Self(String login, Instant asked) {}

    public GitHubUsers(GitHubApi api) {
        this.api = api;
    }

    /** The login of our account; an App's ends in {@code [bot]}. */
    public String self() throws GitHubException {
        Self known = self;
        if (known == null || known.asked().plus(KNOWN).isBefore(api.now())) {
            String path = api.isApp() ? "/app" : "/user";
            JsonNode name = api.get("", path).path(api.isApp() ? "slug" : "login");
            if (!name.isTextual()) {
                throw GitHubApi.unexpected("GET " + path, "an account");
            }
            known = new Self(name.asText() + (api.isApp() ? "[bot]" : ""), api.now());
            self = known;
        }
        return known.login();
    }

    /**
     * Whether a user is a member of an organization.
     *
     * @throws GitHubException also if our account is not a member: GitHub then only reports public members (prow-contract §9)
     */
    public boolean isMember(String org, String login) throws GitHubException {
        GitHubRequest request = GitHubRequest.get(
                org, "/orgs/" + GitHubRequest.encoded(org) + "/members/" + GitHubRequest.encoded(login));
        GitHubResponse reply = api.exchange(request);
        if (reply.status() == 302) {
            throw GitHubException.rejected(
                    request + ": our account is not a member of " + org + "; add it, so that it can see who is");
        }
        return isConfirmed(request, reply);
    }

    /** Whether a user is a collaborator of a repository, directly or through an organization. */
    public boolean isCollaborator(Repository repository, String login) throws GitHubException {
        return check(repository, "/collaborators/", login);
    }

    /** Whether a user can push to a repository, and so edit everybody's issues in it. */
    public boolean canWrite(Repository repository, String login) throws GitHubException {
        String path = GitHubRequest.path(repository) + "/collaborators/" + GitHubRequest.encoded(login) + "/permission";
        return api.find(repository.org(), path)
                .filter(answer -> WRITING.contains(answer.path("permission").asText("")))
                .isPresent();
    }

    /** Whether issues of a repository can be assigned to a user. */
    public boolean isAssignable(Repository repository, String login) throws GitHubException {
        return check(repository, "/assignees/", login);
    }

    private boolean check(Repository repository, String what, String login) throws GitHubException {
        GitHubRequest request = GitHubRequest.get(
                repository.org(), GitHubRequest.path(repository) + what + GitHubRequest.encoded(login));
        return isConfirmed(request, api.exchange(request));
    }

    private boolean isConfirmed(GitHubRequest request, GitHubResponse reply) throws GitHubException {
        if (reply.isSuccess()) {
            return true;
        }
        if (reply.status() == 404) {
            return false;
        }
        throw GitHubErrors.toException(request, reply, api.now());
    }
}
