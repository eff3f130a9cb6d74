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
package io.kubevirt.cinotify.app.digest;

import io.kubevirt.cinotify.digest.OpenIssue;
import io.kubevirt.cinotify.notice.github.GitHubApi;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.notice.github.GitHubOpen;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.List;

/** The open issues, from GitHub. */
public final class GitHubBacklog implements DigestPages.IssueSource {

    private final GitHubOpen github;

    /** @param api how GitHub is asked */
    public GitHubBacklog(GitHubApi api) {
        this.github = new GitHubOpen(api);
    }

    @Override
    public List<OpenIssue> of(List<Repository> repositories) throws GitHubFailure {
        List<OpenIssue> issues = new ArrayList<>();
        for (Repository repository : repositories) {
            github.issues(repository)
                    .forEach(issue -> OpenIssue.read(repository, issue).ifPresent(issues::add));
        }
        return issues;
    }
}
