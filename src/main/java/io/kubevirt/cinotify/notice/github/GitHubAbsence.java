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

import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.SecretFile;

/**
 * What it means that GitHub knows nothing at a place. It says the same of what was deleted and of what an account may not
 * see or change: so it is asked what the account can see there.
 */
final class GitHubAbsence {

    private final GitHubIssues issues;

    GitHubAbsence(GitHubIssues issues) {
        this.issues = issues;
    }

    /** Where something was to be written for the first time: the name may be mended, or the account allowed. */
    static Receipt before(GitHubFailure failure) {
        return later(failure, "");
    }

    /** Where something stood that was to be changed or answered. */
    Receipt after(GitHubPlace place, GitHubFailure failure) {
        try {
            if (issues.canSee(place)) {
                return later(
                        failure,
                        "; it is there: give the token or the App permission to write in " + place.repository());
            }
            return issues.canSee(place.whole())
                    ? new Receipt.Gone(failure.sentence())
                    : later(failure, "; give the token or the App permission to see " + place.repository());
        } catch (GitHubFailure e) {
            return new Receipt.Later(e.after(), e.scope(), e.sentence());
        }
    }

    /** Where something was looked for: a conversation that is gone takes with it whatever stood there. */
    Lookup when(GitHubPlace place, GitHubFailure failure) {
        try {
            return issues.canSee(place.whole())
                    ? new Lookup.Missing()
                    : new Lookup.Unclear(SecretFile.MENDING, failure.sentence());
        } catch (GitHubFailure e) {
            return new Lookup.Unclear(e.after(), e.scope(), e.sentence());
        }
    }

    private static Receipt later(GitHubFailure failure, String hint) {
        return new Receipt.Later(SecretFile.MENDING, failure.sentence() + hint);
    }
}
