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
import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
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
 * Reads the bumps of a repository from GitHub and observes them as if all webhooks had arrived: the open ones with the
 * statuses of their commits, those that ended since the last read, and the deployments of the merged ones.
 */
public final class BumpReconciler {
    private static final int KEPT_PAGES = 400;
    private static final String LAST_READ = "bumps/read/";
    /** For the first read of a repository; long enough to find suspects. */
    private static final Duration INITIAL_LOOKBACK = Duration.ofDays(1);
    /** Allows for different clocks. */
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

    private record Known(List<TrackedBump> pulls, Instant since) {}

    /** The fields of a status event that are kept in the cache. */
    private static Optional<ObjectNode> excerpt(JsonNode status) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        STATUS_FIELDS.forEach(field -> kept.set(field, status.path(field).deepCopy()));
        return Optional.of(kept);
    }

    /**
     * Reads one repository.
     *
     * @throws GitHubException if GitHub cannot be read completely; nothing is stored then
     */
    public void reconcile(Repository repository, Config config, Instant now) throws GitHubException {
        Known known = store.read(transaction -> known(repository, transaction, now));
        List<PullRequestDetails> pullRequests = new ArrayList<>(ended(repository, config, known.since()));
        Set<Integer> ended = new TreeSet<>();
        pullRequests.forEach(each -> ended.add(number(each)));
        Set<Integer> gone = new TreeSet<>();
        for (int number : open(repository, config, known)) {
            if (!ended.contains(number)) {
                // Only the request for a single pull request returns whether it can be merged.
                Optional<PullRequestDetails> single = pulls.get(repository, "/pulls/" + number);
                single.ifPresentOrElse(pullRequests::add, () -> gone.add(number));
            }
        }
        List<JsonNode> events = new ArrayList<>();
        for (String commit : commits(pullRequests, known, config)) {
            for (ObjectNode status : statuses.list(repository, "/commits/" + commit + "/status?", none -> false)) {
                events.add(event(status, commit, repository));
            }
        }
        store.inTransaction(transaction -> {
            BumpTracker tracker = new BumpTracker(config, transaction);
            pullRequests.forEach(tracker::observe);
            gone.forEach(number -> tracker.gone(repository, number, now));
            StatusEventReader reader = new StatusEventReader(config.runUrls());
            events.forEach(event -> apply(event, reader, tracker, now));
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

    private List<PullRequestDetails> ended(Repository repository, Config config, Instant since) throws GitHubException {
        return pulls
                .list(repository, "/pulls?state=closed&sort=updated&direction=desc", pull -> pull.updatedAt()
                        .isBefore(since))
                .stream()
                .filter(pull -> pull.endedAt() != null && !pull.endedAt().isBefore(since))
                .filter(pull -> isTracked(pull, config))
                .toList();
    }

    /** Those that are open on GitHub or in the store. */
    private Set<Integer> open(Repository repository, Config config, Known known) throws GitHubException {
        Set<Integer> numbers = new TreeSet<>();
        pulls.list(repository, "/pulls?state=open", none -> false).stream()
                .filter(pull -> isTracked(pull, config))
                .forEach(pull -> numbers.add(number(pull)));
        known.pulls().stream()
                .filter(pull -> pull.endedAt() == null)
                .map(TrackedBump::number)
                .forEach(numbers::add);
        return numbers;
    }

    private static boolean isTracked(PullRequestDetails details, Config config) {
        BumpClassification.Kind kind =
                config.bumpClasses().classify(details.candidate()).kind();
        return kind == BumpClassification.Kind.BUMP || kind == BumpClassification.Kind.UNCLASSIFIED;
    }

    private static int number(PullRequestDetails details) {
        return Objects.requireNonNull(details.candidate().number());
    }

    /** The commits whose statuses matter: the head of open pull requests, the merge commit of merged ones. */
    private static Set<String> commits(List<PullRequestDetails> pullRequests, Known known, Config config) {
        Map<Integer, TrackedBump> now = new TreeMap<>();
        known.pulls().forEach(pull -> now.put(pull.number(), pull));
        for (PullRequestDetails each : pullRequests) {
            BumpClassification classification = config.bumpClasses().classify(each.candidate());
            String className = classification.bumpClass() == null
                    ? BumpTracker.UNCLASSIFIED
                    : classification.bumpClass().name();
            now.compute(number(each), (number, before) -> each.toTrackedBump(className, before));
        }
        Set<String> commits = new TreeSet<>();
        now.values().stream()
                .flatMap(pull -> commit(pull, config).stream())
                .filter(sha -> sha.chars().allMatch(digit -> Character.digit(digit, 16) >= 0))
                .forEach(commits::add);
        return commits;
    }

    private static Optional<String> commit(TrackedBump pull, Config config) {
        return switch (pull.phase()) {
            case TESTING, RED, GREEN, CONFLICTS -> Optional.of(pull.headSha());
            case MERGED ->
                config.bumpClasses()
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

    private static void apply(JsonNode event, StatusEventReader reader, BumpTracker tracker, Instant now) {
        switch (reader.read(event)) {
            case RunParseResult.Run(var run) -> tracker.observe(run, Objects.requireNonNullElse(run.lastChange(), now));
            case RunParseResult.NotARun not ->
                ContextOverride.read(event).ifPresent(override -> tracker.observe(override, now));
        }
    }
}
