// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import io.kubevirt.cinotify.digest.CiDigest;
import io.kubevirt.cinotify.digest.Digest;
import io.kubevirt.cinotify.digest.DigestData;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.DigestSchedule.Subject;
import io.kubevirt.cinotify.digest.GroomingDigest;
import io.kubevirt.cinotify.digest.OpenIssue;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubIssues;
import io.kubevirt.cinotify.prow.Repository;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** @param issues asked only for the digest of open issues */
public record DigestFactory(DataSource data, IssueSource issues) {
    @FunctionalInterface
    public interface DataSource {
        /** @param sig whose tests are wanted; null for none */
        DigestData of(DigestPeriod period, @Nullable String sig);
    }

    @FunctionalInterface
    public interface IssueSource {
        /** @throws GitHubException if they cannot be read */
        List<OpenIssue> of(List<Repository> repositories) throws GitHubException;

        static IssueSource gitHub(GitHubApi api) {
            GitHubIssues github = new GitHubIssues(api);
            return repositories -> {
                List<OpenIssue> issues = new ArrayList<>();
                for (Repository repository : repositories) {
                    github.openIssues(repository)
                            .forEach(issue -> OpenIssue.read(repository, issue).ifPresent(issues::add));
                }
                return issues;
            };
        }
    }

    public Digest create(Subject subject, DigestPeriod period, ZoneId zone) throws GitHubException {
        return switch (subject) {
            case Subject.Taskforce taskforce -> CiDigest.of(data.of(period, null), zone);
            case Subject.Sig(String sig) -> CiDigest.forSig(data.of(period, sig), sig, zone);
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
