// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubIssues;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.SendResult;

/**
 * What it means that GitHub knows nothing at a place. It says the same of what was deleted and of what an account may not
 * see or change: so it is asked what the account can see there.
 */
final class GitHubNotFoundResolver {

    private final GitHubIssues issues;

    GitHubNotFoundResolver(GitHubIssues issues) {
        this.issues = issues;
    }

    /** Where something was to be written for the first time: the name may be mended, or the account allowed. */
    static SendResult forNewMessage(GitHubException failure) {
        return later(failure, "");
    }

    /** Where something stood that was to be changed or answered. */
    SendResult forExistingMessage(GitHubDestination place, GitHubException failure) {
        try {
            if (issues.isVisible(place)) {
                return later(
                        failure,
                        "; it is there: give the token or the App permission to write in " + place.repository());
            }
            return issues.isVisible(place.repositoryOnly())
                    ? new SendResult.TargetGone(failure.explanation())
                    : later(failure, "; give the token or the App permission to see " + place.repository());
        } catch (GitHubException e) {
            return new SendResult.RetryLater(e.retryAfter(), e.scope(), e.explanation());
        }
    }

    /** Where something was looked for: a conversation that is gone takes with it whatever stood there. */
    LookupResult forLookup(GitHubDestination place, GitHubException failure) {
        try {
            return issues.isVisible(place.repositoryOnly())
                    ? new LookupResult.NotFound()
                    : new LookupResult.Inconclusive(SecretFile.OPERATOR_RETRY_DELAY, failure.explanation());
        } catch (GitHubException e) {
            return new LookupResult.Inconclusive(e.retryAfter(), e.scope(), e.explanation());
        }
    }

    private static SendResult later(GitHubException failure, String hint) {
        return new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, failure.explanation() + hint);
    }
}
