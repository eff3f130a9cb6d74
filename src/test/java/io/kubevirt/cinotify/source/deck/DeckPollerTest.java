// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.deck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kubevirt.cinotify.fixture.FakeDeck;
import io.kubevirt.cinotify.fixture.MemoryJournal;
import io.kubevirt.cinotify.fixture.VirtualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a deck answers, valid ProwJobs reach the journal, and problems are reported. */
@Timeout(300)
class DeckPollerTest {

    private static final Duration INTERVAL = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final FakeDeck deck = new FakeDeck();
    private final MemoryJournal journal = new MemoryJournal();
    private final VirtualTime time = new VirtualTime();
    private final Set<String> unfinished = new HashSet<>();
    private DeckPoller poller;

    @BeforeEach
    void open() {
        open(TIMEOUT);
    }

    private void open(Duration timeout) {
        poller = new DeckPoller(
                deck.address(),
                journal,
                new DeckAbsences(() -> Set.copyOf(unfinished)),
                time.sourceRuntime(1),
                timeout);
        poller.start();
    }

    private void openWithShortTimeout() {
        poller.stop();
        open(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        poller.stop();
        deck.close();
    }

    @Test
    void theProwJobsAreStoredEveryThirtySeconds() {
        deck.serves(FakeDeck.document(FakeDeck.item("a", "pending"), FakeDeck.item("b", "triggered")));
        time.advance(Duration.ZERO);
        deck.serves(FakeDeck.document(FakeDeck.item("a", "failure"), FakeDeck.item("b", "triggered")));
        time.advance(INTERVAL);

        assertThat(journal.contains("prowjob/a/pending")).isTrue();
        assertThat(journal.contains("prowjob/a/failure")).isTrue();
        assertThat(journal.size()).isEqualTo(3);
        assertThat(deck.requests())
                .containsOnly("/prowjobs.js?omit=annotations,labels,decoration_config,pod_spec null")
                .hasSize(2);
        assertThat(poller.status().connected()).isTrue();
        assertThat(poller.status().observations()).isEqualTo(4);
        assertThat(poller.status().newObservations()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"var allBuilds = %s;", "%s", "\n%s\n"})
    void theJavaScriptFormIsParsed(String form) {
        deck.serves(form.formatted(FakeDeck.document(FakeDeck.item("a", "failure"))));
        time.advance(Duration.ZERO);
        assertThat(journal.contains("prowjob/a/failure")).isTrue();
        assertThat(poller.status().problem()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"items\":[]}", "{\"items\":null}"})
    void anEmptyDeckIsNotAProblem(String document) {
        deck.serves(document);
        time.advance(Duration.ZERO);
        assertThat(poller.status().connected()).isTrue();
    }

    @Test
    void anUnchangedDocumentIsNotTransferredAgain() {
        deck.serves(FakeDeck.document(FakeDeck.item("a", "failure")), "\"v1\"");
        time.advance(INTERVAL);
        assertThat(deck.requests().get(1)).endsWith(" \"v1\"");
        assertThat(poller.status().observations()).isEqualTo(1);
        assertThat(poller.status().connected()).isTrue();
        assertThat(poller.status().lastContactAt()).isEqualTo(VirtualTime.START.plus(INTERVAL));
    }

    @Test
    void theRunsOfTheLastCompleteResponseAreCounted() {
        deck.breaksOffAfter("{\"items\":[" + FakeDeck.item("a", "failure"));
        time.advance(Duration.ZERO);
        assertThat(poller.shown()).isNull();
        deck.serves(
                FakeDeck.document(
                        FakeDeck.item("a", "failure"), FakeDeck.item("b", "success"), FakeDeck.item("c", "error")),
                "\"v1\"");
        time.advance(INTERVAL.multipliedBy(4));
        assertThat(poller.shown()).isEqualTo(new DeckPoller.ShownRuns(3, 2));
    }

    @Test
    void aWebPageIsReportedAsOne() {
        deck.serves("\n<!doctype html><style>a {}</style>");
        time.advance(Duration.ZERO);
        assertThat(poller.status().problem())
                .isEqualTo(
                        "deck 127.0.0.1 returned no ProwJobs: a web page instead of prowjobs.js; check that the URL is"
                                + " the one of deck and needs no login");
    }

    @Test
    void aDocumentThatTheJournalRejectedIsFetchedAgain() {
        deck.serves(FakeDeck.document(FakeDeck.item("a", "failure")), "\"v1\"");
        journal.becomeUnavailable();
        time.advance(Duration.ZERO);
        assertThat(poller.status().problem()).contains("cannot be stored", "disk full");
        journal.recover();
        time.advance(INTERVAL);
        assertThat(deck.requests().get(1)).endsWith(" null");
        assertThat(journal.size()).isEqualTo(1);
    }

    @Test
    void anUnfinishedProwJobThatDeckNoLongerShowsIsDeletedAfterSomeMinutes() {
        unfinished.add("gone");
        unfinished.add("waiting");
        deck.serves(FakeDeck.document(FakeDeck.item("gone", "triggered"), FakeDeck.item("waiting", "triggered")));
        time.advance(Duration.ofMinutes(6));
        assertThat(journal.size()).isEqualTo(2);

        deck.serves(FakeDeck.document(FakeDeck.item("waiting", "triggered")));
        time.advance(AbsenceTracker.GONE_AFTER);
        assertThat(journal.contains("prowjob/gone/deleted")).as("not yet").isFalse();
        time.advance(INTERVAL);
        assertThat(journal.contains("prowjob/gone/deleted")).isTrue();
        assertThat(journal.contains("prowjob/waiting/deleted")).isFalse();
    }

    @Test
    void aReplicaOfDeckThatIsBehindDeletesNothing() {
        unfinished.add("new");
        String behind = FakeDeck.document(FakeDeck.item("old", "success"));
        String current = FakeDeck.document(FakeDeck.item("old", "success"), FakeDeck.item("new", "triggered"));
        for (int round = 0; round < 5; round++) {
            deck.serves(behind);
            time.advance(Duration.ofMinutes(4));
            deck.serves(current);
            time.advance(INTERVAL);
        }
        assertThat(journal.contains("prowjob/new/deleted")).isFalse();
    }

    /** Each deck shows only the ProwJobs of its own Prow. */
    @Test
    void decksDeleteNothingOfEachOther() {
        poller.stop();
        unfinished.addAll(List.of("one", "two", "gone"));
        DeckAbsences absences = new DeckAbsences(() -> Set.copyOf(unfinished));
        deck.serves(FakeDeck.document(FakeDeck.item("one", "pending")));
        try (FakeDeck other = new FakeDeck()) {
            poller = new DeckPoller(deck.address(), journal, absences, time.sourceRuntime(1), TIMEOUT);
            DeckPoller second = new DeckPoller(other.address(), journal, absences, time.sourceRuntime(2), TIMEOUT);
            poller.start();
            second.start();

            time.advance(Duration.ofMinutes(10));
            assertThat(journal.contains("prowjob/one/pending"))
                    .as("although the other deck fails")
                    .isTrue();
            assertThat(second.status().problem()).contains("answered 404");
            assertThat(journal.contains("prowjob/gone/deleted"))
                    .as("maybe at the other deck")
                    .isFalse();

            other.serves(FakeDeck.document(FakeDeck.item("two", "pending")));
            time.advance(Duration.ofMinutes(10));
            assertThat(journal.contains("prowjob/gone/deleted")).isTrue();
            assertThat(journal.contains("prowjob/one/deleted")).isFalse();
            assertThat(journal.contains("prowjob/two/deleted")).isFalse();
            second.stop();
        }
    }

    @Test
    void anIncompleteResponseDeletesNothing() {
        unfinished.add("later-in-the-list");
        deck.breaksOffAfter("{\"items\":[" + FakeDeck.item("a", "failure") + ",{\"metadata\":{\"na");
        time.advance(Duration.ofHours(1));
        assertThat(journal.size()).isEqualTo(1);
    }

    @Test
    void aResponseThatIsUnchangedKeepsWhatIsAbsent() {
        unfinished.add("gone");
        unfinished.add("waiting");
        deck.serves(FakeDeck.document(FakeDeck.item("waiting", "triggered")), "\"v1\"");
        time.advance(Duration.ofMinutes(6));
        assertThat(journal.contains("prowjob/gone/deleted")).isTrue();
        assertThat(journal.contains("prowjob/waiting/deleted")).isFalse();
    }

    @Test
    void aGzippedResponseIsParsed() {
        deck.servesGzipped(FakeDeck.document(FakeDeck.item("a", "failure")));
        time.advance(Duration.ZERO);
        assertThat(journal.size()).isEqualTo(1);
    }

    @Test
    void tenThousandProwJobsAreStoredInBatches() {
        deck.serves(FakeDeck.document(IntStream.range(0, 10_000)
                .mapToObj(i -> FakeDeck.item("job-" + i, "success"))
                .toArray(String[]::new)));
        time.advance(Duration.ZERO);
        assertThat(journal.size()).isEqualTo(10_000);
    }

    @Test
    void theBeginningOfAnIncompleteResponseIsStored() {
        deck.breaksOffAfter("{\"items\":[" + FakeDeck.item("a", "failure") + ",{\"metadata\":{\"na");
        time.advance(Duration.ZERO);
        assertThat(journal.contains("prowjob/a/failure")).isTrue();
        assertThat(journal.size()).isEqualTo(1);
        assertThat(poller.status().problem()).contains("returned no ProwJobs", "connection lost");
    }

    @Test
    void aResponseThatDoesNotEndTimesOut() {
        deck.stallsAfter("{\"items\":[" + FakeDeck.item("a", "failure") + ",");
        openWithShortTimeout();

        time.advance(Duration.ZERO);
        // On a busy machine the first response may not even begin in time.
        for (int poll = 0; poll < 20 && poller.status().problem().contains("timed out"); poll++) {
            time.advance(INTERVAL.multipliedBy(2));
        }
        assertThat(poller.status().problem()).contains("incomplete after 1 s");
    }

    @Test
    void aResponseThatDoesNotBeginTimesOut() {
        deck.answers(exchange -> deck.requests());
        openWithShortTimeout();
        time.advance(Duration.ZERO);
        assertThat(poller.status().problem()).contains("returned no ProwJobs", "timed out");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>login</html>",
                "[]",
                "{}",
                "{\"items\":{}}",
                "{\"items\":\"x\"}",
                "{\"items\":[{\"metadata\":}]}",
                "{\"items\":[[[[{\"a\":1}"
            })
    void anInvalidDocumentIsReportedWithoutTechnicalDetails(String document) {
        deck.serves(document);
        time.advance(Duration.ZERO);
        assertThat(poller.status().problem())
                .startsWith("deck 127.0.0.1 returned no ProwJobs: ")
                .doesNotContain("Exception", "Source");
        assertThat(journal.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "null",
                "[]",
                "{}",
                "{\"metadata\":[],\"spec\":7,\"status\":null}",
                "{\"status\":{\"state\":{\"a\":1}}}"
            })
    void anInvalidItemDoesNotAffectTheOthers(String item) {
        deck.serves(FakeDeck.document(item, FakeDeck.item("a", "failure")));
        time.advance(Duration.ZERO);
        assertThat(journal.contains("prowjob/a/failure")).isTrue();
        assertThat(poller.status().problem()).isNull();
    }

    @Test
    void hugeValuesAreCutOrRejected() {
        String huge = "x".repeat(4_000_000);
        deck.serves(FakeDeck.document("{\"metadata\":{\"name\":\"a\",\"labels\":{\"l\":\"" + "x".repeat(5_000)
                + "\",\"k\":\"v\"}},\"ignored\":\"" + huge + "\",\"status\":{\"description\":\"" + "d".repeat(10_000)
                + "\"}}"));
        time.advance(Duration.ZERO);
        assertThat(journal.deliveries().getFirst().body()).hasSizeBetween(2_000, 2_200);
        deck.serves(FakeDeck.document("{\"metadata\":{\"name\":\"" + huge + "\"}}"));
        time.advance(INTERVAL);
        assertThat(poller.status().problem()).contains("returned no ProwJobs");
        deck.serves("[".repeat(1_000_000));
        time.advance(INTERVAL);
        assertThat(journal.size()).isEqualTo(1);
    }

    @Test
    void aRecoveredDeckIsPolledWithinTwoIntervals() {
        deck.fails(500);
        time.advance(Duration.ofHours(1));
        assertThat(poller.status().problem()).contains("answered 500");
        for (int minute = 0; minute < 60; minute++) {
            int before = deck.requests().size();
            time.advance(INTERVAL.multipliedBy(2));
            assertThat(deck.requests()).hasSizeBetween(before + 1, before + 20);
        }
        deck.serves(FakeDeck.document(FakeDeck.item("a", "failure")));
        time.advance(INTERVAL.multipliedBy(2));
        assertThat(journal.size()).isEqualTo(1);
        assertThat(poller.status().failingSince()).isNull();
    }

    @Test
    void retryAfterIsHonored() {
        deck.fails(429, "Retry-After", "600");
        time.advance(Duration.ofSeconds(599));
        assertThat(deck.requests()).hasSize(1);
    }

    @Test
    void aRedirectIsFollowedOnTheSameHostOnly() {
        deck.answers(exchange -> {
            boolean moved = exchange.getRequestURI().getPath().startsWith("/new/");
            if (moved) {
                byte[] body = FakeDeck.document(FakeDeck.item("a", "failure")).getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.getResponseBody().close();
            } else {
                exchange.getResponseHeaders().add("Location", "/new/prowjobs.js");
                exchange.sendResponseHeaders(302, -1);
            }
        });
        time.advance(Duration.ZERO);
        assertThat(journal.size()).isEqualTo(1);
        for (String target : new String[] {"http://evil.example.org/", "http://127.0.0.1:1/", "file:///etc/passwd"}) {
            deck.fails(302, "Location", target);
            time.advance(Duration.ofMinutes(6));
            assertThat(poller.status().problem()).as(target).contains("redirects to");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "prow.example.org",
                "ftp://prow.example.org",
                "https:///",
                "https://u:p@prow.example.org",
                "https://x?y"
            })
    void anInvalidUrlIsRejectedAtStartup(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new DeckPoller(URI.create(address), journal, new DeckAbsences(Set::of), time.sourceRuntime(1)))
                .withMessageContaining("such as https://prow.example.org");
    }
}
