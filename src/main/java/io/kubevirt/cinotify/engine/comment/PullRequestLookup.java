// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.command.Command;
import io.kubevirt.cinotify.command.CommandContext.FailedCheck;
import io.kubevirt.cinotify.command.Comment;
import io.kubevirt.cinotify.command.Conversation;
import io.kubevirt.cinotify.command.JobFiles;
import io.kubevirt.cinotify.command.Permissions;
import io.kubevirt.cinotify.command.Permissions.Permission;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.engine.PublicNames;
import io.kubevirt.cinotify.engine.comment.CommentProcessor.GitHubClient;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.github.GitHubPullRequests.Status;
import io.kubevirt.cinotify.github.GitHubUsers;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.routing.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks GitHub for what a command needs, and no more. Blocks. */
final class PullRequestLookup {
    private static final Logger LOG = Logger.getLogger(PullRequestLookup.class);
    private static final Set<String> FAILED_STATES = Set.of("failure", "error");
    private final @Nullable GitHubClient github;
    private final @Nullable TrustedUsers trustedUsers;
    private final PublicNames names;

    /**
     * What GitHub knows about the pull request of a command.
     *
     * @param jobFiles the changed files of jobs; null without
     * @param checksError why GitHub could not be asked; null if it could or did not need to be
     */
    record Snapshot(
            boolean trusted,
            @Nullable String head,
            List<FailedCheck> failedChecks,
            @Nullable String checksError,
            @Nullable JobFiles jobFiles) {
        /** Without files of jobs. */
        Snapshot(boolean trusted, @Nullable String head, List<FailedCheck> failedChecks, @Nullable String checksError) {
            this(trusted, head, failedChecks, checksError, null);
        }

        Snapshot with(@Nullable JobFiles files) {
            return new Snapshot(trusted, head, failedChecks, checksError, files);
        }

        Snapshot {
            failedChecks = List.copyOf(failedChecks);
        }
    }

    PullRequestLookup(@Nullable GitHubClient github, PublicNames names, InstantSource clock) {
        this.github = github;
        this.names = names;
        this.trustedUsers = github == null ? null : new TrustedUsers(github.users(), clock);
    }

    Snapshot fetch(Comment comment, List<Command> commands, Config config, Permissions permissions) {
        boolean notifies = commands.stream().anyMatch(command -> command.permission() == Permission.NOTIFY);
        boolean trusted = notifies && isTrusted(comment, permissions);
        boolean needsHead = comment.conversation().pull() && commands.stream().anyMatch(Command::needsChecks);
        if (!needsHead) {
            return new Snapshot(trusted, null, List.of(), null);
        }
        if (github == null) {
            return new Snapshot(trusted, null, List.of(), "no access to GitHub is configured");
        }
        try {
            Repository repository = comment.conversation().repository();
            String head = github.pullRequests()
                    .get(repository, comment.conversation().number())
                    .sha();
            List<FailedCheck> checks = new ArrayList<>();
            for (Status status : github.pullRequests().statuses(repository, head)) {
                if (FAILED_STATES.contains(status.state())) {
                    addFailedCheck(repository, head, status, config, checks);
                }
            }
            return new Snapshot(trusted, head, checks, null);
        } catch (GitHubException e) {
            warn("cannot read the checks", comment, e);
            return new Snapshot(trusted, null, List.of(), "GitHub returned an error");
        }
    }

    private boolean isTrusted(Comment comment, Permissions permissions) {
        if (comment.insider() || permissions.isListed(comment.author())) {
            return true;
        }
        try {
            return trustedUsers != null
                    && trustedUsers.isTrusted(comment.conversation().repository(), comment.author());
        } catch (GitHubException e) {
            warn("cannot check whether the author is trusted", comment, e);
            return false;
        }
    }

    private void warn(String problem, Comment comment, GitHubException e) {
        Conversation conversation = comment.conversation();
        LOG.warn(names.failure(problem, conversation.reference(), conversation.repository(), e));
    }

    private static void addFailedCheck(
            Repository repository, String head, Status status, Config config, List<FailedCheck> checks) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("sha", head)
                .put("state", status.state())
                .put("context", status.context())
                .put("description", status.description())
                .put("target_url", status.targetUrl());
        event.putObject("repository").put("full_name", repository.fullName());
        RunParseResult reading = new StatusEventReader(config.runUrls()).read(event);
        if (!(reading instanceof RunParseResult.Run(JobRun run))
                || !run.state().isRed()
                || config.diagnoser().isPluginRun(run)) {
            return;
        }
        Diagnosis diagnosis = config.diagnoser().diagnose(run);
        if (diagnosis.cause() != Cause.ABORTED) {
            checks.add(new FailedCheck(
                    run, diagnosis, Need.of(run, config.diagnoser().jobOf(run))));
        }
    }

    /**
     * Prow's trust rule (prow-contract §9): a member of the organization, else a collaborator of the repository. Caches
     * GitHub's answers. Not thread-safe.
     */
    static final class TrustedUsers {
        /** Limits how long somebody who left the organization can notify people. */
        private static final Duration POSITIVE_TTL = Duration.ofHours(1);
        /** Somebody who has just joined can try again soon. */
        private static final Duration NEGATIVE_TTL = Duration.ofMinutes(5);

        private static final int MAX_ENTRIES = 1_000;

        private record Known(boolean trusted, Instant until) {}

        private final GitHubUsers users;
        private final InstantSource clock;

        private final Map<String, Known> known = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                return size() > MAX_ENTRIES;
            }
        };

        TrustedUsers(GitHubUsers users, InstantSource clock) {
            this.users = users;
            this.clock = clock;
        }

        boolean isTrusted(Repository repository, String login) throws GitHubException {
            String key = repository + " " + login.toLowerCase(Locale.ROOT);
            Instant now = clock.instant();
            Known before = known.get(key);
            if (before != null && before.until().isAfter(now)) {
                return before.trusted();
            }
            boolean trusted = users.isMember(repository.org(), login) || users.isCollaborator(repository, login);
            known.put(key, new Known(trusted, now.plus(trusted ? POSITIVE_TTL : NEGATIVE_TTL)));
            return trusted;
        }
    }
}
