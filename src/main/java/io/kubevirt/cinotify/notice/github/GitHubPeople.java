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
package io.kubevirt.cinotify.notice.github;

import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Who is who on GitHub. */
public final class GitHubPeople {

    /** A token can be replaced by another account's. */
    private static final Duration KNOWN = Duration.ofMinutes(10);

    private final GitHubApi api;
    private volatile @Nullable Self self;

    private record Self(String login, Instant asked) {}

    public GitHubPeople(GitHubApi api) {
        this.api = api;
    }

    /** Our own login; that of an App ends in {@code [bot]}. */
    public String self() throws GitHubFailure {
        Self known = self;
        if (known == null || known.asked().plus(KNOWN).isBefore(api.now())) {
            String login = api.isApp()
                    ? api.get("", "/app").path("slug").asText("") + "[bot]"
                    : api.get("", "/user").path("login").asText("");
            known = new Self(login, api.now());
            self = known;
        }
        return known.login();
    }

    /**
     * Whether somebody is a member of an organisation.
     *
     * @throws GitHubFailure also if we are not ourselves: then GitHub tells only of public members (prow-contract §9)
     */
    public boolean isMember(String org, String login) throws GitHubFailure {
        GitHubRequest request = GitHubRequest.get(
                org, "/orgs/" + GitHubRequest.encoded(org) + "/members/" + GitHubRequest.encoded(login));
        GitHubReply reply = api.reply(request);
        if (reply.status() == 302) {
            throw GitHubFailure.refused(
                    request + ": our account is not a member of " + org + "; add it, so that it can see who is");
        }
        return says(request, reply);
    }

    /** Whether somebody is a collaborator of a repository, by an organisation or directly. */
    public boolean isCollaborator(Repository repository, String login) throws GitHubFailure {
        return ask(repository, "/collaborators/", login);
    }

    /** Whether an issue of the repository can be assigned to somebody. */
    public boolean isAssignable(Repository repository, String login) throws GitHubFailure {
        return ask(repository, "/assignees/", login);
    }

    private boolean ask(Repository repository, String what, String login) throws GitHubFailure {
        GitHubRequest request = GitHubRequest.get(
                repository.org(), GitHubRequest.path(repository) + what + GitHubRequest.encoded(login));
        return says(request, api.reply(request));
    }

    private boolean says(GitHubRequest request, GitHubReply reply) throws GitHubFailure {
        if (reply.isGood()) {
            return true;
        }
        if (reply.status() == 404) {
            return false;
        }
        throw Verdict.of(request, reply, api.now());
    }
}
