// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.JobCommentConfig;
import io.kubevirt.cinotify.command.JobFiles;
import io.kubevirt.cinotify.engine.PublicNames;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubPullRequests;
import io.kubevirt.cinotify.github.GitHubPullRequests.ChangeLimits;
import io.kubevirt.cinotify.github.GitHubPullRequests.ChangedFile;
import io.kubevirt.cinotify.github.GitHubPullRequests.PullRequest;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.prow.Repository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads the job configuration that a pull request changes; once for each commit. Blocks; not thread-safe. */
final class JobFileLookup {
    private static final Logger LOG = Logger.getLogger(JobFileLookup.class);
    private static final ChangeLimits LIMITS = new ChangeLimits(50, 4_000_000);
    private static final int KEPT = 4;

    private final @Nullable GitHubPullRequests pulls;
    private final PublicNames names;

    private final Map<String, JobFiles> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, JobFiles> eldest) {
            return size() > KEPT;
        }
    };

    JobFileLookup(@Nullable GitHubPullRequests pulls, PublicNames names) {
        this.pulls = pulls;
        this.names = names;
    }

    /** Null if the repository has no job configuration. */
    @Nullable JobFiles fetch(@Nullable JobCommentConfig config, Repository repository, int number) {
        if (config == null || !config.isOf(repository)) {
            return null;
        }
        if (pulls == null) {
            return JobFiles.unknown("no access to GitHub is configured");
        }
        try {
            PullRequest pull = pulls.get(repository, number);
            String key = repository + "#" + number + " " + pull.base() + " " + pull.sha() + " " + config;
            JobFiles files = known.get(key);
            if (files == null) {
                files = read(pulls, repository, pull, config);
                known.put(key, files);
            }
            return files;
        } catch (GitHubException e) {
            LOG.warn(names.failure("cannot read the changed jobs", repository + "#" + number, repository, e));
            return JobFiles.unknown("GitHub returned an error");
        }
    }

    /** What is over a limit stays so for the commit. */
    private static JobFiles read(
            GitHubPullRequests pulls, Repository repository, PullRequest pull, JobCommentConfig config)
            throws GitHubException {
        try {
            return parsed(pulls.changes(repository, pull, config::covers, LIMITS), config);
        } catch (GitHubException e) {
            if (e.kind() != GitHubException.Kind.REJECTED) {
                throw e;
            }
            return JobFiles.unknown(e.explanation());
        }
    }

    private static JobFiles parsed(List<ChangedFile> changes, JobCommentConfig config) {
        List<JobConfigFile> before = new ArrayList<>();
        List<JobConfigFile> after = new ArrayList<>();
        for (ChangedFile change : changes) {
            String file = config.relative(change.path());
            if (change.before() != null) {
                before.add(JobConfigFile.parse(file, change.before()));
            }
            if (change.after() != null) {
                after.add(JobConfigFile.parse(file, change.after()));
            }
        }
        return new JobFiles(before, after, null);
    }
}
