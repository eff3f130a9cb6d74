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

import io.kubevirt.cinotify.digest.Facts;
import io.kubevirt.cinotify.digest.GroomingDigest;
import io.kubevirt.cinotify.digest.OpenIssue;
import io.kubevirt.cinotify.digest.Page;
import io.kubevirt.cinotify.digest.Period;
import io.kubevirt.cinotify.digest.SigDigest;
import io.kubevirt.cinotify.digest.TaskforceDigest;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.settings.DigestPlan.Subject;
import java.time.ZoneId;
import java.util.List;

/** Makes the page of a digest, whatever it is about. */
public final class DigestPages {

    private final FactSource facts;
    private final IssueSource issues;

    /** @param issues asked only for the digest of open issues */
    public DigestPages(FactSource facts, IssueSource issues) {
        this.facts = facts;
        this.issues = issues;
    }

    /** What is known of a period. */
    @FunctionalInterface
    public interface FactSource {
        Facts of(Period period);
    }

    /** The open issues of repositories. */
    @FunctionalInterface
    public interface IssueSource {
        /** @throws GitHubFailure if they cannot be had */
        List<OpenIssue> of(List<Repository> repositories) throws GitHubFailure;
    }

    /**
     * The page.
     *
     * @param zone in which days are named
     * @throws GitHubFailure if it needs the open issues, and they cannot be had
     */
    public Page page(Subject subject, Period period, ZoneId zone) throws GitHubFailure {
        return switch (subject) {
            case Subject.Taskforce taskforce -> TaskforceDigest.of(facts.of(period), zone);
            case Subject.OfSig(String sig) -> SigDigest.of(facts.of(period), sig, zone);
            case Subject.Grooming grooming ->
                new GroomingDigest(
                                grooming.labels(),
                                grooming.triage(),
                                issues.of(grooming.repositories()),
                                period.until())
                        .page(zone);
        };
    }
}
