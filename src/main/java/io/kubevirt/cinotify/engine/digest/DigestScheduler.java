// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.digest.Digest;
import io.kubevirt.cinotify.digest.DigestConfig.Destination;
import io.kubevirt.cinotify.digest.DigestSchedule.Entry;
import io.kubevirt.cinotify.digest.Meeting.Occurrence;
import io.kubevirt.cinotify.digest.OpenIssue;
import io.kubevirt.cinotify.engine.VisibilityResolver;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.VisibilityPolicy;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage.TextMessage;
import io.kubevirt.cinotify.outbox.OutboxWriter;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Sends each digest once for each occurrence of its meeting. No state records what was sent: the ID of a message follows
 * from the occurrence and the destination, and the outbox accepts each ID once, from any replica and after any restart.
 */
@ApplicationScoped
public class DigestScheduler {
    private static final Logger LOG = Logger.getLogger(DigestScheduler.class);
    /** A later digest is useless, because the meeting has started. */
    private static final Duration MAX_DELAY = Duration.ofHours(1);

    private final Store store;
    private final ConfigAgent config;
    private final Channels channels;
    private final GitHubConnection github;
    private final InstantSource clock;
    private volatile String lastWarning = "";

    public DigestScheduler(
            Store store, ConfigAgent config, Channels channels, GitHubConnection github, InstantSource clock) {
        this.store = store;
        this.config = config;
        this.channels = channels;
        this.github = github;
        this.clock = clock;
    }

    @Scheduled(every = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        Config current = config.get();
        current.digests().entries().forEach(schedule -> schedule.meeting()
                .latest(clock.instant())
                .filter(occurrence ->
                        Duration.between(occurrence.at(), clock.instant()).compareTo(MAX_DELAY) <= 0)
                .ifPresent(occurrence -> send(schedule, occurrence, current)));
    }

    private void send(Entry schedule, Occurrence occurrence, Config current) {
        List<Destination> remaining = store.read(transaction -> schedule.to().stream()
                .filter(destination -> !transaction.messages().contains(id(occurrence, destination)))
                .toList());
        if (remaining.isEmpty()) {
            return;
        }
        remaining.stream()
                .collect(Collectors.groupingBy(
                        destination -> channels.audience(destination.channel(), destination.destination())))
                .forEach((audience, same) -> send(schedule, occurrence, current, audience, same));
    }

    /** One digest for all destinations that the same people can read. */
    private void send(
            Entry schedule, Occurrence occurrence, Config current, Audience audience, List<Destination> remaining) {
        try {
            Digest digest = factory(current, audience)
                    .create(
                            schedule.subject(),
                            schedule.meeting().period(occurrence),
                            current.digests().zone());
            store.inTransaction(transaction -> {
                OutboxWriter outbox = new OutboxWriter(channels, transaction, clock.instant());
                remaining.forEach(destination -> outbox.add(message(occurrence, destination, digest)));
                return true;
            });
        } catch (GitHubException e) {
            warnOnce(occurrence.id() + " cannot be created; retrying: " + e.getMessage());
        }
    }

    private void warnOnce(String warning) {
        if (!warning.equals(lastWarning)) {
            LOG.warn(warning);
            lastWarning = warning;
        }
    }

    private DigestFactory factory(Config current, Audience audience) {
        return new DigestFactory(
                (period, sig) ->
                        store.read(transaction -> DigestDataLoader.load(transaction, current, period, audience, sig)),
                repositories -> issues(store.read(transaction -> repositories.stream()
                        .filter(repository -> VisibilityPolicy.mayShow(
                                audience, new VisibilityResolver(current, transaction).scopeOf(repository)))
                        .toList())));
    }

    private List<OpenIssue> issues(List<Repository> repositories) throws GitHubException {
        if (github.api().isEmpty()) {
            throw GitHubException.rejected(
                    "the open issues are on GitHub, and no credentials are configured; set --github-token-path");
        }
        return DigestFactory.IssueSource.gitHub(github.api().get()).of(repositories);
    }

    private static TextMessage message(Occurrence occurrence, Destination destination, Digest digest) {
        String id = id(occurrence, destination);
        return new TextMessage(
                id,
                id,
                destination.channel(),
                destination.destination(),
                digest.title(),
                digest.body(),
                false,
                digest.slackBody());
    }

    /** The ID is part of hidden markers, which allow letters and digits only. */
    private static String id(Occurrence occurrence, Destination destination) {
        StringBuilder id = new StringBuilder(occurrence.id())
                .append('-')
                .append(destination.channel())
                .append('-');
        destination
                .destination()
                .codePoints()
                .forEach(point -> id.appendCodePoint(Character.isLetterOrDigit(point) ? point : '-'));
        return id.toString();
    }
}
