// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;

/**
 * Jira answers 404 both for a deleted issue and for one that the owner of the token may not see: check what is visible.
 */
final class JiraNotFoundResolver {

    private final JiraApi api;

    JiraNotFoundResolver(JiraApi api) {
        this.api = api;
    }

    /** For an issue that existed. */
    SendResult resolve(String issue, SendResult.TargetGone gone) {
        String project = issue.substring(0, issue.lastIndexOf('-'));
        try {
            if (isVisible("issue/" + issue + "?fields=summary")) {
                return retryLater(gone.reason() + ": issue " + issue
                        + " exists; grant the owner of the token permission to change it");
            }
            return isVisible("project/" + project)
                    ? gone
                    : retryLater(gone.reason() + ": grant the owner of the token permission to see project " + project);
        } catch (SendException e) {
            return e.lookupResult() instanceof LookupResult.Inconclusive unclear
                    ? new SendResult.RetryLater(unclear.retryAfter(), unclear.scope(), unclear.reason())
                    : retryLater(gone.reason());
        }
    }

    private boolean isVisible(String path) throws SendException {
        HttpResult answer = api.exchange("GET", path, null);
        if (answer.status() == 404 || answer.status() == 410) {
            return false;
        }
        api.requireSuccess(answer);
        return true;
    }

    private static SendResult retryLater(String why) {
        return new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, why);
    }
}
