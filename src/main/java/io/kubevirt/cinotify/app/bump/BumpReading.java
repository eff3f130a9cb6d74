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
package io.kubevirt.cinotify.app.bump;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.bump.PullRequestNews;
import io.kubevirt.cinotify.bump.Recognition;
import io.kubevirt.cinotify.notice.github.GitHubApi;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.notice.github.GitHubFeed;
import io.kubevirt.cinotify.prow.ContextOverride;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunReading;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.settings.Settings;
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
final class BumpReading {

    private static final int KEPT_PAGES = 400;
    private static final String READ = "bumps/read/";

    /** A repository that is read for the first time: who is suspect was merged within about that. */
    private static final Duration FIRST = Duration.ofDays(1);

    /** GitHub's clock and ours need not agree. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private static final List<String> OF_A_STATUS =
            List.of("context", "state", "description", "target_url", "created_at", "updated_at");

    private final Store store;
    private final GitHubFeed<PullRequestNews> pulls;
    private final GitHubFeed<ObjectNode> statuses;

    BumpReading(Store store, GitHubApi api) {
        this.store = store;
        this.pulls = new GitHubFeed<>(api, KEPT_PAGES, PullRequestNews::read);
        this.statuses = new GitHubFeed<>(api, KEPT_PAGES, BumpReading::excerpt);
    }

    /** What is known here before GitHub is asked. */
    private record Known(List<BumpPull> pulls, Instant since) {}

    /** A status event that may have been lost. */
    private static Optional<ObjectNode> excerpt(JsonNode status) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        OF_A_STATUS.forEach(field -> kept.set(field, status.path(field).deepCopy()));
        return Optional.of(kept);
    }

    /**
     * Reads one repository.
     *
     * @throws GitHubFailure if GitHub does not tell all of it: then nothing of it is taken in
     */
    void read(Repository repository, Settings settings, Instant now) throws GitHubFailure {
        Known known = store.read(transaction -> known(repository, transaction, now));
        List<PullRequestNews> news = new ArrayList<>(ended(repository, settings, known.since()));
        Set<Integer> ended = new TreeSet<>();
        news.forEach(each -> ended.add(number(each)));
        Set<Integer> gone = new TreeSet<>();
        for (int number : open(repository, settings, known)) {
            if (!ended.contains(number)) {
                // Only the answer about a single one says whether it can be merged.
                Optional<PullRequestNews> single = pulls.one(repository, "/pulls/" + number);
                single.ifPresentOrElse(news::add, () -> gone.add(number));
            }
        }
        List<JsonNode> events = new ArrayList<>();
        for (String commit : commits(news, known, settings)) {
            for (ObjectNode status : statuses.all(repository, "/commits/" + commit + "/status?", none -> false)) {
                events.add(event(status, commit, repository));
            }
        }
        store.inTransaction(transaction -> {
            BumpBook book = new BumpBook(settings, transaction);
            news.forEach(book::take);
            gone.forEach(number -> book.gone(repository, number, now));
            StatusEventReader reader = new StatusEventReader(new RunUrlReader(settings.addresses()));
            events.forEach(event -> take(event, reader, book, now));
            transaction.watermarks().set(READ + repository, new Watermark("", now));
            return true;
        });
    }

    private static Known known(Repository repository, Transaction transaction, Instant now) {
        Instant since = transaction
                .watermarks()
                .find(READ + repository)
                .map(mark -> mark.at().minus(MARGIN))
                .orElse(now.minus(FIRST));
        Instant earliest = now.minus(BumpBook.DEPLOYING);
        return new Known(
                transaction.bumps().current(earliest).stream()
                        .filter(pull -> pull.repository().equals(repository))
                        .toList(),
                since.isBefore(earliest) ? earliest : since);
    }

    private List<PullRequestNews> ended(Repository repository, Settings settings, Instant since) throws GitHubFailure {
        return pulls
                .all(repository, "/pulls?state=closed&sort=updated&direction=desc", pull -> pull.updatedAt()
                        .isBefore(since))
                .stream()
                .filter(pull -> pull.endedAt() != null && !pull.endedAt().isBefore(since))
                .filter(pull -> isFollowed(pull, settings))
                .toList();
    }

    /** Those that are open there, and those that are open by what is known here. */
    private Set<Integer> open(Repository repository, Settings settings, Known known) throws GitHubFailure {
        Set<Integer> numbers = new TreeSet<>();
        pulls.all(repository, "/pulls?state=open", none -> false).stream()
                .filter(pull -> isFollowed(pull, settings))
                .forEach(pull -> numbers.add(number(pull)));
        known.pulls().stream()
                .filter(pull -> pull.endedAt() == null)
                .map(BumpPull::number)
                .forEach(numbers::add);
        return numbers;
    }

    private static boolean isFollowed(PullRequestNews news, Settings settings) {
        Recognition.Kind kind = settings.bumpClasses().recognise(news.pull()).kind();
        return kind == Recognition.Kind.BUMP || kind == Recognition.Kind.UNCLASSIFIED;
    }

    private static int number(PullRequestNews news) {
        return Objects.requireNonNull(news.pull().number());
    }

    /** Whose statuses matter: of the open ones what is under test, of the merged ones what the merge has set off. */
    private static Set<String> commits(List<PullRequestNews> news, Known known, Settings settings) {
        Map<Integer, BumpPull> now = new TreeMap<>();
        known.pulls().forEach(pull -> now.put(pull.number(), pull));
        for (PullRequestNews each : news) {
            Recognition recognition = settings.bumpClasses().recognise(each.pull());
            String of = recognition.of() == null
                    ? BumpBook.UNCLASSIFIED
                    : recognition.of().name();
            now.compute(number(each), (number, before) -> each.bump(of, before));
        }
        Set<String> commits = new TreeSet<>();
        now.values().stream()
                .flatMap(pull -> commit(pull, settings).stream())
                .filter(sha -> sha.chars().allMatch(letter -> Character.digit(letter, 16) >= 0))
                .forEach(commits::add);
        return commits;
    }

    private static Optional<String> commit(BumpPull pull, Settings settings) {
        return switch (pull.phase()) {
            case TESTING, RED, GREEN, CONFLICTS -> Optional.of(pull.headSha());
            case MERGED ->
                settings.bumpClasses()
                        .of(pull)
                        .filter(known -> known.deployment() != null && !pull.isInService())
                        .map(known -> pull.mergeSha());
            case CLOSED -> Optional.empty();
        };
    }

    private static JsonNode event(ObjectNode status, String commit, Repository repository) {
        ObjectNode event = status.deepCopy().put("sha", commit);
        event.putObject("repository").put("full_name", repository.fullName());
        return event;
    }

    private static void take(JsonNode event, StatusEventReader reader, BumpBook book, Instant now) {
        switch (reader.read(event)) {
            case RunReading.Run(var run) -> book.take(run, Objects.requireNonNullElse(run.lastChange(), now));
            case RunReading.NotARun not -> ContextOverride.read(event).ifPresent(override -> book.take(override, now));
        }
    }
}
