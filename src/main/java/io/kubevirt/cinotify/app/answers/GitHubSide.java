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
package io.kubevirt.cinotify.app.answers;

import io.kubevirt.cinotify.notice.github.GitHubApi;
import io.kubevirt.cinotify.notice.github.GitHubIssues;
import io.kubevirt.cinotify.notice.github.GitHubLabels;
import io.kubevirt.cinotify.notice.github.GitHubPeople;
import io.kubevirt.cinotify.notice.github.GitHubPulls;

/** What answers use of GitHub. */
public record GitHubSide(GitHubPeople people, GitHubPulls pulls, GitHubIssues issues, GitHubLabels labels) {

    /** All over one client. */
    public static GitHubSide of(GitHubApi api) {
        return new GitHubSide(
                new GitHubPeople(api), new GitHubPulls(api), new GitHubIssues(api), new GitHubLabels(api));
    }
}
