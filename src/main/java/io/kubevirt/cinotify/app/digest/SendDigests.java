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

import io.kubevirt.cinotify.app.LiveSettings;
import io.kubevirt.cinotify.app.OpenGitHub;
import io.kubevirt.cinotify.app.outbox.Outbox;
import io.kubevirt.cinotify.digest.Meeting.Occasion;
import io.kubevirt.cinotify.digest.OpenIssue;
import io.kubevirt.cinotify.digest.Page;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.settings.DigestPlan.Planned;
import io.kubevirt.cinotify.settings.DigestSettings.Place;
import io.kubevirt.cinotify.settings.Settings;
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
public class SendDigests {

    private static final Logger LOG = Logger.getLogger(SendDigests.class);

    /** After that the meeting is over. */
    private static final Duration LATEST = Duration.ofHours(1);

    private final Store store;
    private final LiveSettings settings;
    private final Channels channels;
    private final OpenGitHub github;
    private final InstantSource clock;
    private volatile String lastComplaint = "";

    /** @param github asked for the open issues */
    public SendDigests(Store store, LiveSettings settings, Channels channels, OpenGitHub github, InstantSource clock) {
        this.store = store;
        this.settings = settings;
        this.channels = channels;
        this.github = github;
        this.clock = clock;
    }

    /** Sends what is due. */
    @Scheduled(every = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        Settings current = settings.get();
        current.digests().planned().forEach(planned -> planned.meeting()
                .latest(clock.instant())
                .filter(occasion ->
                        Duration.between(occasion.at(), clock.instant()).compareTo(LATEST) <= 0)
                .ifPresent(occasion -> send(planned, occasion, current)));
    }

    private void send(Planned planned, Occasion occasion, Settings current) {
        List<Place> left = store.read(transaction -> planned.to().stream()
                .filter(place -> !transaction.contents().has(id(occasion, place)))
                .toList());
        if (left.isEmpty()) {
            return;
        }
        try {
            Page page = pages(current)
                    .page(
                            planned.subject(),
                            planned.meeting().period(occasion),
                            current.digests().zone());
            store.inTransaction(transaction -> {
                Outbox outbox = new Outbox(channels, transaction, clock.instant());
                left.forEach(place -> outbox.add(letter(occasion, place, page)));
                return true;
            });
        } catch (GitHubFailure e) {
            complain(occasion.id() + " cannot be made now and is tried again: " + e.getMessage());
        }
    }

    /** It is tried again every few seconds, which is not worth a line each time. */
    private void complain(String complaint) {
        if (!complaint.equals(lastComplaint)) {
            LOG.warn(complaint);
            lastComplaint = complaint;
        }
    }

    private DigestPages pages(Settings current) {
        return new DigestPages(
                period -> store.read(transaction -> StoredFacts.of(transaction, current, period)), this::issues);
    }

    private List<OpenIssue> issues(List<Repository> repositories) throws GitHubFailure {
        if (github.api().isEmpty()) {
            throw GitHubFailure.refused(
                    "the open issues are on GitHub, and nothing says as whom to ask: start with --github-token-path");
        }
        return new GitHubBacklog(github.api().get()).of(repositories);
    }

    private static Content.Letter letter(Occasion occasion, Place place, Page page) {
        String id = id(occasion, place);
        return new Content.Letter(
                id, id, place.channel(), place.place(), page.title(), page.body(), false, page.slackBody());
    }

    /** It stands in markers, where not every letter may. */
    private static String id(Occasion occasion, Place place) {
        StringBuilder id = new StringBuilder(occasion.id())
                .append('-')
                .append(place.channel())
                .append('-');
        place.place().codePoints().forEach(point -> id.appendCodePoint(Character.isLetterOrDigit(point) ? point : '-'));
        return id.toString();
    }
}
