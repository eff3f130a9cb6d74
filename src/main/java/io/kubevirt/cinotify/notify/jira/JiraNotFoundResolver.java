// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.jira;

import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.SendResult;

/**
 * What it means that Jira knows no issue. It says the same of what was deleted and of what the token's owner may not see:
 * so it is asked what can be seen of it.
 */
final class JiraNotFoundResolver {

    private final JiraApi api;

    JiraNotFoundResolver(JiraApi api) {
        this.api = api;
    }

    /** Of an issue that was there. */
    SendResult resolve(String issue, SendResult.TargetGone gone) {
        String project = issue.substring(0, issue.lastIndexOf('-'));
        try {
            if (isVisible("issue/" + issue + "?fields=summary")) {
                return retryLater(gone.reason() + ": issue " + issue
                        + " is there; give the token's owner permission to change it");
            }
            return isVisible("project/" + project)
                    ? gone
                    : retryLater(gone.reason() + ": give the token's owner permission to see project " + project);
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
