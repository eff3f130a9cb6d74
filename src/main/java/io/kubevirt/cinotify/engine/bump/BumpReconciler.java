// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.bump;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.bump.BumpClasses.BumpClassification;
import io.kubevirt.cinotify.bump.PullRequestDetails;
import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.github.ConditionalGetCache;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubException;
import io.kubevirt.cinotify.prow.ContextOverride;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunParseResult;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads how the bumps of a repository stand on GitHub, and takes it in as if every webhook of it had come: those that are
 * open with the statuses of their commits, those that ended since it was read last, and whether the merged ones have come
 * into service.
 */
public final class BumpReconciler {

    private static final int KEPT_PAGES = 400;
    private static final String LAST_READ = "bumps/read/";

    /** A repository that is read for the first time: who is suspect was merged within about that. */
    private static final Duration INITIAL_LOOKBACK = Duration.ofDays(1);

    /** GitHub's clock and ours need not agree. */
    private static final Duration CLOCK_MARGIN = Duration.ofMinutes(10);

    private static final List<String> STATUS_FIELDS =
            List.of("context", "state", "description", "target_url", "created_at", "updated_at");

    private final Store store;
    private final ConditionalGetCache<PullRequestDetails> pulls;
    private final ConditionalGetCache<ObjectNode> statuses;

    public BumpReconciler(Store store, GitHubApi api) {
        this.store = store;
        this.pulls = new ConditionalGetCache<>(api, KEPT_PAGES, PullRequestDetails::parse);
        this.statuses = new ConditionalGetCache<>(api, KEPT_PAGES, BumpReconciler::excerpt);
    }

    /** What is known here before GitHub is asked. */
    private record Known(List<TrackedBump> pulls, Instant since) {}

    /** A status event that may have been lost. */
    private static Optional<ObjectNode> excerpt(JsonNode status) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        STATUS_FIELDS.forEach(field -> kept.set(field, status.path(field).deepCopy()));
        return Optional.of(kept);
    }

    /**
     * Reads one repository.
     *
     * @throws GitHubException if GitHub does not tell all of it: then nothing of it is taken in
     */
    public void reconcile(Repository repository, Config settings, Instant now) throws GitHubException {
        Known known = store.read(transaction -> known(repository, transaction, now));
        List<PullRequestDetails> news = new ArrayList<>(ended(repository, settings, known.since()));
        Set<Integer> ended = new TreeSet<>();
        news.forEach(each -> ended.add(number(each)));
        Set<Integer> gone = new TreeSet<>();
        for (int number : open(repository, settings, known)) {
            if (!ended.contains(number)) {
                // Only the answer about a single one says whether it can be merged.
                Optional<PullRequestDetails> single = pulls.get(repository, "/pulls/" + number);
                single.ifPresentOrElse(news::add, () -> gone.add(number));
            }
        }
        List<JsonNode> events = new ArrayList<>();
        for (String commit : commits(news, known, settings)) {
            for (ObjectNode status : statuses.list(repository, "/commits/" + commit + "/status?", none -> false)) {
                events.add(event(status, commit, repository));
            }
        }
        store.inTransaction(transaction -> {
            BumpTracker book = new BumpTracker(settings, transaction);
            news.forEach(book::observe);
            gone.forEach(number -> book.gone(repository, number, now));
            StatusEventReader reader = new StatusEventReader(new RunUrlReader(settings.addresses()));
            events.forEach(event -> apply(event, reader, book, now));
            transaction.watermarks().set(LAST_READ + repository, new Watermark("", now));
            return true;
        });
    }

    private static Known known(Repository repository, Transaction transaction, Instant now) {
        Instant since = transaction
                .watermarks()
                .find(LAST_READ + repository)
                .map(mark -> mark.at().minus(CLOCK_MARGIN))
                .orElse(now.minus(INITIAL_LOOKBACK));
        Instant earliest = now.minus(BumpTracker.DEPLOYING);
        return new Known(
                transaction.bumps().current(earliest).stream()
                        .filter(pull -> pull.repository().equals(repository))
                        .toList(),
                since.isBefore(earliest) ? earliest : since);
    }

    private List<PullRequestDetails> ended(Repository repository, Config settings, Instant since)
            throws GitHubException {
        return pulls
                .list(repository, "/pulls?state=closed&sort=updated&direction=desc", pull -> pull.updatedAt()
                        .isBefore(since))
                .stream()
                .filter(pull -> pull.endedAt() != null && !pull.endedAt().isBefore(since))
                .filter(pull -> isFollowed(pull, settings))
                .toList();
    }

    /** Those that are open there, and those that are open by what is known here. */
    private Set<Integer> open(Repository repository, Config settings, Known known) throws GitHubException {
        Set<Integer> numbers = new TreeSet<>();
        pulls.list(repository, "/pulls?state=open", none -> false).stream()
                .filter(pull -> isFollowed(pull, settings))
                .forEach(pull -> numbers.add(number(pull)));
        known.pulls().stream()
                .filter(pull -> pull.endedAt() == null)
                .map(TrackedBump::number)
                .forEach(numbers::add);
        return numbers;
    }

    private static boolean isFollowed(PullRequestDetails news, Config settings) {
        BumpClassification.Kind kind =
                settings.bumpClasses().classify(news.candidate()).kind();
        return kind == BumpClassification.Kind.BUMP || kind == BumpClassification.Kind.UNCLASSIFIED;
    }

    private static int number(PullRequestDetails news) {
        return Objects.requireNonNull(news.candidate().number());
    }

    /** Whose statuses matter: of the open ones what is under test, of the merged ones what the merge has set off. */
    private static Set<String> commits(List<PullRequestDetails> news, Known known, Config settings) {
        Map<Integer, TrackedBump> now = new TreeMap<>();
        known.pulls().forEach(pull -> now.put(pull.number(), pull));
        for (PullRequestDetails each : news) {
            BumpClassification recognition = settings.bumpClasses().classify(each.candidate());
            String of = recognition.bumpClass() == null
                    ? BumpTracker.UNCLASSIFIED
                    : recognition.bumpClass().name();
            now.compute(number(each), (number, before) -> each.toTrackedBump(of, before));
        }
        Set<String> commits = new TreeSet<>();
        now.values().stream()
                .flatMap(pull -> commit(pull, settings).stream())
                .filter(sha -> sha.chars().allMatch(letter -> Character.digit(letter, 16) >= 0))
                .forEach(commits::add);
        return commits;
    }

    private static Optional<String> commit(TrackedBump pull, Config settings) {
        return switch (pull.phase()) {
            case TESTING, RED, GREEN, CONFLICTS -> Optional.of(pull.headSha());
            case MERGED ->
                settings.bumpClasses()
                        .classOf(pull)
                        .filter(known -> known.deployment() != null && !pull.isDeployed())
                        .map(known -> pull.mergeSha());
            case CLOSED -> Optional.empty();
        };
    }

    private static JsonNode event(ObjectNode status, String commit, Repository repository) {
        ObjectNode event = status.deepCopy().put("sha", commit);
        event.putObject("repository").put("full_name", repository.fullName());
        return event;
    }

    private static void apply(JsonNode event, StatusEventReader reader, BumpTracker book, Instant now) {
        switch (reader.read(event)) {
            case RunParseResult.Run(var run) -> book.observe(run, Objects.requireNonNullElse(run.lastChange(), now));
            case RunParseResult.NotARun not ->
                ContextOverride.read(event).ifPresent(override -> book.observe(override, now));
        }
    }
}
