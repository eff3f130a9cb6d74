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
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.outbox.OutboxWriter;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Sends each digest once for each occasion. Nobody remembers what was sent: the identity of a letter follows from the
 * occasion and the place, and the store takes each identity once, from whichever replica and after whatever restart.
 */
@ApplicationScoped
public class DigestScheduler {

    private static final Logger LOG = Logger.getLogger(DigestScheduler.class);

    /** After that the meeting is over. */
    private static final Duration MAX_DELAY = Duration.ofHours(1);

    private final Store store;
    private final ConfigAgent config;
    private final Channels channels;
    private final GitHubConnection github;
    private final InstantSource clock;
    private volatile String lastWarning = "";

    /** @param github asked for the open issues */
    public DigestScheduler(
            Store store, ConfigAgent settings, Channels channels, GitHubConnection github, InstantSource clock) {
        this.store = store;
        this.config = settings;
        this.channels = channels;
        this.github = github;
        this.clock = clock;
    }

    /** Sends what is due. */
    @Scheduled(every = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        Config current = config.get();
        current.digests().entries().forEach(planned -> planned.meeting()
                .latest(clock.instant())
                .filter(occasion ->
                        Duration.between(occasion.at(), clock.instant()).compareTo(MAX_DELAY) <= 0)
                .ifPresent(occasion -> send(planned, occasion, current)));
    }

    private void send(Entry planned, Occurrence occasion, Config current) {
        List<Destination> left = store.read(transaction -> planned.to().stream()
                .filter(place -> !transaction.messages().contains(id(occasion, place)))
                .toList());
        if (left.isEmpty()) {
            return;
        }
        try {
            Digest page = factory(current)
                    .create(
                            planned.subject(),
                            planned.meeting().period(occasion),
                            current.digests().zone());
            store.inTransaction(transaction -> {
                OutboxWriter outbox = new OutboxWriter(channels, transaction, clock.instant());
                left.forEach(place -> outbox.add(message(occasion, place, page)));
                return true;
            });
        } catch (GitHubException e) {
            warnOnce(occasion.id() + " cannot be made now and is tried again: " + e.getMessage());
        }
    }

    /** It is tried again every few seconds, which is not worth a line each time. */
    private void warnOnce(String complaint) {
        if (!complaint.equals(lastWarning)) {
            LOG.warn(complaint);
            lastWarning = complaint;
        }
    }

    private DigestFactory factory(Config current) {
        return new DigestFactory(
                period -> store.read(transaction -> DigestDataLoader.load(transaction, current, period)), this::issues);
    }

    private List<OpenIssue> issues(List<Repository> repositories) throws GitHubException {
        if (github.api().isEmpty()) {
            throw GitHubException.rejected(
                    "the open issues are on GitHub, and nothing says as whom to ask: start with --github-token-path");
        }
        return new GitHubIssueSource(github.api().get()).of(repositories);
    }

    private static OutgoingMessage.TextMessage message(Occurrence occasion, Destination place, Digest page) {
        String id = id(occasion, place);
        return new OutgoingMessage.TextMessage(
                id, id, place.channel(), place.destination(), page.title(), page.body(), false, page.slackBody());
    }

    /** It stands in markers, where not every letter may. */
    private static String id(Occurrence occasion, Destination place) {
        StringBuilder id = new StringBuilder(occasion.id())
                .append('-')
                .append(place.channel())
                .append('-');
        place.destination()
                .codePoints()
                .forEach(point -> id.appendCodePoint(Character.isLetterOrDigit(point) ? point : '-'));
        return id.toString();
    }
}
