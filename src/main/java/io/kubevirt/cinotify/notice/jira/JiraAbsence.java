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
package io.kubevirt.cinotify.notice.jira;

import io.kubevirt.cinotify.notice.Failed;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.http.Answer;

/**
 * What it means that Jira knows no issue. It says the same of what was deleted and of what the token's owner may not see:
 * so it is asked what can be seen of it.
 */
final class JiraAbsence {

    private final JiraApi api;

    JiraAbsence(JiraApi api) {
        this.api = api;
    }

    /** Of an issue that was there. */
    Receipt of(String issue, Receipt.Gone gone) {
        String project = issue.substring(0, issue.lastIndexOf('-'));
        try {
            if (canSee("issue/" + issue + "?fields=summary")) {
                return later(
                        gone.why() + ": issue " + issue + " is there; give the token's owner permission to change it");
            }
            return canSee("project/" + project)
                    ? gone
                    : later(gone.why() + ": give the token's owner permission to see project " + project);
        } catch (Failed e) {
            return e.lookup() instanceof Lookup.Unclear unclear
                    ? new Receipt.Later(unclear.after(), unclear.scope(), unclear.why())
                    : later(gone.why());
        }
    }

    private boolean canSee(String path) throws Failed {
        Answer answer = api.ask("GET", path, null);
        if (answer.status() == 404 || answer.status() == 410) {
            return false;
        }
        api.good(answer);
        return true;
    }

    private static Receipt later(String why) {
        return new Receipt.Later(SecretFile.MENDING, why);
    }
}
