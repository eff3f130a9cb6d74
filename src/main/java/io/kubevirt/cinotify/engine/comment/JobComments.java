// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.command.CommandEnvironment;
import io.kubevirt.cinotify.command.JobCommentConfig;
import io.kubevirt.cinotify.command.JobFiles;
import io.kubevirt.cinotify.command.JobsHandler;
import io.kubevirt.cinotify.engine.IncidentUnitOfWork;
import io.kubevirt.cinotify.notify.OutgoingMessage.TextMessage;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.JournalEntry;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One comment on a pull request that changes jobs for people, edited on each push. It is read on the comment thread and decided on
 * the event loop, as are commands.
 */
final class JobComments {
    private static final String EVENT = "pull_request";
    private static final Set<String> PUSHES = Set.of("opened", "synchronize", "reopened", "edited");
    private static final String UNCHANGED = "no-change-for-people";

    private final JobFileLookup lookup;
    private final Queue<PreparedJobs> prepared = new ConcurrentLinkedQueue<>();

    private record PreparedJobs(String delivery, String conversation, JobFiles files, CommandEnvironment environment) {}

    JobComments(JobFileLookup lookup) {
        this.lookup = lookup;
    }

    /** Whether an event is a push to an open pull request, and comments are on. */
    static boolean isPush(String event, JsonNode payload, @Nullable JobCommentConfig config) {
        return config != null
                && config.isAutomatic()
                && event.equals(EVENT)
                && PUSHES.contains(payload.path("action").asText())
                && payload.path("pull_request").path("state").asText("open").equals("open");
    }

    /** False if the event is no push to a pull request to the job configuration, or comments are off. Blocks. */
    boolean prepare(
            JournalEntry delivery,
            JsonNode payload,
            @Nullable JobCommentConfig config,
            Function<Repository, CommandEnvironment> environment) {
        if (!isPush(delivery.event(), payload, config)) {
            return false;
        }
        int number = payload.path("pull_request").path("number").asInt();
        Optional<Repository> repository =
                Repository.parse(payload.path("repository").path("full_name").asText());
        JobFiles files = number <= 0 || repository.isEmpty() ? null : lookup.fetch(config, repository.get(), number);
        if (files == null) {
            return false;
        }
        prepared.add(new PreparedJobs(
                delivery.id(), repository.get() + "#" + number, files, environment.apply(repository.get())));
        return true;
    }

    boolean hasPrepared() {
        return !prepared.isEmpty();
    }

    /** The next decision, which stays until {@link #decided}; empty if there is none. */
    Optional<String> next() {
        return Optional.ofNullable(prepared.peek()).map(PreparedJobs::delivery);
    }

    void decided() {
        prepared.remove();
    }

    /** Queues the comment, and settles the delivery with it. */
    boolean decide(IncidentUnitOfWork work) {
        PreparedJobs next = prepared.element();
        String thread = CommentExecutor.thread(JobsHandler.VERB, next.conversation());
        String shown = work.transaction().messages().newestText(thread).orElse("");
        String text = next.files().problem() == null
                ? JobsHandler.comment(next.files(), next.environment(), work.now())
                : shown;
        String comment = text.isEmpty() && !shown.isEmpty() ? JobsHandler.nothing() : text;
        if (comment.equals(shown)) {
            String why = next.files().problem() == null
                    ? "nothing changes for anybody"
                    : next.files().problem();
            work.transaction().deliveries().suppressed(next.delivery(), UNCHANGED, List.of(why), work.now());
            return false;
        }
        TextMessage message = new TextMessage(
                "jobs-" + next.delivery(),
                thread,
                GitHubChannel.NAME,
                next.conversation(),
                "/ci-notify " + JobsHandler.VERB,
                comment,
                true);
        work.outbox().add(message);
        work.transaction()
                .deliveries()
                .notified(next.delivery(), message.id(), List.of("the pull request changes jobs"), work.now());
        return true;
    }
}
