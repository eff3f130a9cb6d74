// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.command.Command;
import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.engine.RepositoryReads;
import io.kubevirt.cinotify.engine.StoredJournal;
import io.kubevirt.cinotify.github.GitHubComments;
import io.kubevirt.cinotify.github.GitHubComments.Changed;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads comments and reviews with commands from GitHub, as hook does not repeat what the plugin did not accept: after
 * the start, after the store refused deliveries, and each hour. Only for repositories that send comment events. Each
 * becomes a delivery like that of a webhook; a comment that was answered is not answered again.
 */
@ApplicationScoped
public class CommentSync {
    private static final Duration INTERVAL = Duration.ofHours(1);
    /** GitHub sets the times of a new comment one after the other. */
    private static final Duration SAME_TIME = Duration.ofSeconds(5);

    private final Store store;
    private final IncidentService incidents;
    private final BooleanSupplier hasGap;
    private final InstantSource clock;
    private final CommentWatermarks watermarks;
    private final Optional<RepositoryReads> reads;

    @Inject
    CommentSync(
            Store store,
            IncidentService incidents,
            StoredJournal journal,
            GitHubConnection github,
            InstantSource clock) {
        this(store, incidents, journal::takeRefusal, github.api().map(GitHubComments::new), clock);
    }

    /**
     * @param incidents only the replica that leads reads
     * @param hasGap whether deliveries were refused since the last call
     * @param github empty without GitHub credentials
     */
    CommentSync(
            Store store,
            IncidentService incidents,
            BooleanSupplier hasGap,
            Optional<GitHubComments> github,
            InstantSource clock) {
        this.store = store;
        this.incidents = incidents;
        this.hasGap = hasGap;
        this.clock = clock;
        this.watermarks = new CommentWatermarks(store);
        this.reads = github.map(comments -> new RepositoryReads(
                "comments", (repository, now) -> read(comments, repository, now), incidents.names(), clock));
    }

    @Scheduled(every = "60s", delayed = "7s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        if (reads.isEmpty()) {
            return;
        }
        boolean leads = incidents.isLeader();
        if (!leads || hasGap.getAsBoolean()) {
            reads.get().reset();
        }
        if (leads) {
            reads.get().readDue(watermarks.registered(clock.instant()));
        }
    }

    private Duration read(GitHubComments github, Repository repository, Instant now) throws GitHubException {
        Instant since = watermarks.since(repository, now);
        Changed comments = github.issueComments(repository, since);
        Changed reviewComments = github.reviewComments(repository, since);
        List<JsonNode> reviews = github.reviews(repository, since);
        Map<Long, Instant> submitted = new HashMap<>();
        reviews.forEach(
                review -> submitted.put(review.path("id").asLong(), GitHubComments.time(review, "submitted_at")));
        List<MissedComment> missed = new ArrayList<>();
        comments.items().forEach(item -> missed.add(new MissedComment("issue_comment", item, created(item))));
        reviewComments
                .items()
                .forEach(item -> missed.add(new MissedComment(
                        "pull_request_review_comment",
                        item,
                        later(
                                created(item),
                                submitted.get(
                                        item.path("pull_request_review_id").asLong())))));
        reviews.forEach(item ->
                missed.add(new MissedComment("pull_request_review", item, GitHubComments.time(item, "submitted_at"))));
        List<JournalEntry> deliveries = new ArrayList<>();
        for (MissedComment each : missed) {
            if (!each.publishedAt().isBefore(since) && !each.isEdited() && each.hasCommand()) {
                github.issue(repository, each.number())
                        .ifPresent(issue -> deliveries.add(each.delivery(repository, issue, now)));
            }
        }
        Optional<Instant> readThrough = Stream.of(comments.readThrough(), reviewComments.readThrough())
                .filter(Objects::nonNull)
                .min(Instant::compareTo);
        store.inTransaction(transaction -> {
            transaction.deliveries().insertAll(deliveries);
            CommentWatermarks.advance(transaction, repository, readThrough, now);
            return true;
        });
        return readThrough.isPresent() ? Duration.ZERO : INTERVAL;
    }

    private static Instant created(JsonNode item) {
        return GitHubComments.time(item, "created_at");
    }

    /** A comment of a review is created as a draft, and published with the review. */
    private static Instant later(Instant created, @Nullable Instant published) {
        return published == null || published.isBefore(created) ? created : published;
    }

    private record MissedComment(String event, JsonNode item, Instant publishedAt) {
        /** Prow's plugins ignore edits (prow-contract §9), and whether the command was there before is unknown. */
        boolean isEdited() {
            return GitHubComments.time(item, "updated_at").isAfter(publishedAt.plus(SAME_TIME));
        }

        boolean hasCommand() {
            return !Command.parseAll(item.path("body").asText("")).isEmpty();
        }

        /** The last segment of the URL of the issue or pull request; 0 if there is none. */
        int number() {
            String url =
                    item.path("issue_url").asText(item.path("pull_request_url").asText(""));
            try {
                return Integer.parseInt(url.substring(url.lastIndexOf('/') + 1));
            } catch (NumberFormatException e) {
                return 0;
            }
        }

        JournalEntry delivery(Repository repository, JsonNode issue, Instant now) {
            return new JournalEntry(
                    event + "/" + repository + "/" + item.path("id").asText(),
                    event,
                    now,
                    CommentReader.payload(event, repository, issue, item),
                    0);
        }
    }
}
