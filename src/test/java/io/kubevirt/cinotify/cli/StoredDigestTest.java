// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.digest.DigestData;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.engine.BumpMonitor;
import io.kubevirt.cinotify.engine.DeliveryProcessor;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.engine.digest.DigestDataLoader;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FailedTests;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.Golden;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.store.JournalEntry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The digest of a week that the plugin has seen: webhooks through the core into the store, and out again. */
class StoredDigestTest {

    private static final String COMPUTE = "pull-kubevirt-e2e-k8s-1.36-sig-compute";
    private static final String NETWORK = "pull-kubevirt-e2e-k8s-1.36-sig-network";
    private static final String UNIT = "pull-kubevirt-unit-test";
    private static final String FLAKY = "%040x".formatted(9);
    private static final Instant END = Instant.parse("2026-07-20T07:30:00Z");

    @TempDir
    private Path folder;

    private EmbeddedStore database;
    private ConfigAgent settings;
    private IncidentService service;
    private DeliveryProcessor deliveries;
    private Instant now = Instant.parse("2026-07-13T07:30:00Z");
    private int builds;

    /** On Monday compute breaks, is acknowledged and fixed on Tuesday; on Sunday network breaks and nobody answers. */
    @BeforeEach
    void aWeek() throws Exception {
        database = EmbeddedStore.in(folder);
        settings = new ConfigAgent(new ConfigLoader(Path.of("config"), null), () -> now);
        service = new IncidentService(
                database.store(), settings, new Channels(List.of(FakeChannel.withThreads("console"))), () -> now);
        deliveries = new DeliveryProcessor(database.store(), settings, service, () -> now);
        for (int pull = 1; pull <= 3; pull++) {
            runs("2026-07-13T09:" + pull + "0:00Z", COMPUTE, pull, true);
        }
        until("2026-07-13T10:20:00Z");
        String first = incident();
        service.decide(unitOfWork -> unitOfWork.perform(new IncidentAction.Acknowledge(first, "dhiller")));
        runs("2026-07-14T08:00:00Z", UNIT, 9, true, FLAKY);
        runs("2026-07-14T08:30:00Z", UNIT, 9, false, FLAKY);
        runs("2026-07-14T09:00:00Z", COMPUTE, 4, false);
        runs("2026-07-14T10:00:00Z", COMPUTE, 5, false);
        for (int pull = 11; pull <= 13; pull++) {
            runs("2026-07-19T08:" + pull + ":00Z", NETWORK, pull, true);
        }
        bump(100, "2026-07-13T02:00:00Z", "2026-07-13T08:00:00Z");
        bump(101, "2026-07-17T02:00:00Z", null);
        until(END.toString());
    }

    private void runs(String at, String job, int pull, boolean red) {
        runs(at, job, pull, red, "%040x".formatted(++builds));
    }

    private void runs(String at, String job, int pull, boolean red, String sha) {
        until(at);
        StatusPayload payload = (red ? StatusPayload.failure() : StatusPayload.success())
                .job(job)
                .build(1_000 + ++builds)
                .pull(pull)
                .sha(sha)
                .ended(now);
        database.store().inTransaction(transaction -> transaction
                .deliveries()
                .insert(new JournalEntry("d" + builds, "status", now, payload.bytes(), 0)));
        deliveries.processAll();
    }

    private void bump(int number, String opened, @Nullable String merged) {
        Instant at = Instant.parse(opened);
        database.store().inTransaction(transaction -> {
            transaction
                    .bumps()
                    .save(new TrackedBump(
                            Repository.of("kubevirt/project-infra"),
                            number,
                            "prow-bump",
                            "Bump Prow",
                            "https://github.com/kubevirt/project-infra/pull/" + number,
                            "s" + number,
                            at,
                            at,
                            null,
                            Map.of(),
                            merged == null ? null : Instant.parse(merged),
                            merged == null ? null : "m",
                            null));
            return true;
        });
    }

    private void until(String instant) {
        Instant end = Instant.parse(instant);
        while (now.isBefore(end)) {
            Instant wake = service.nextWake();
            now = wake.isAfter(now) && wake.isBefore(end) ? wake : end;
            service.tick();
        }
    }

    private String incident() {
        return database.store()
                .read(transaction -> transaction.incidents().open())
                .getFirst()
                .id();
    }

    private String digest(String... arguments) {
        Terminal.Result result = Terminal.run(Stream.concat(
                        Stream.of("digest", "--output", "text", "--data-dir", folder.toString()), Stream.of(arguments))
                .toArray(String[]::new));
        assertThat(result.err()).isEmpty();
        return result.out();
    }

    @Test
    void theDigestShowsTheHistoryOfTheStore() throws Exception {
        String page = digest("--for", "taskforce", "--at", END.toString());

        assertThat(page)
                .contains(
                        "2 incidents opened, 1 resolved, 1 open now",
                        "not acknowledged",
                        "project-infra/pull/101",
                        "`kubevirt/kubevirt " + UNIT + "` 1 of 1")
                .as("one time has no median")
                .doesNotContain("median");
        Golden.check("stored-week.md", page);
    }

    @Test
    void theDigestOfAStoreIsReproducible() {
        String[] arguments = {"--for", "taskforce", "--at", END.toString(), "--form", "slack"};

        assertThat(digest(arguments)).isEqualTo(digest(arguments));
    }

    @Test
    void theDigestOfASigShowsItsOwnIncidents() {
        assertThat(digest("--for", "network", "--at", END.toString()))
                .contains("1 incident opened, 0 resolved, 1 open now")
                .doesNotContain(COMPUTE);
    }

    @Test
    void theDigestOfASigNamesFiveTestsThatFailedMost() {
        FailedTests runs = new FailedTests(database.store());
        for (int test = 0; test < 6; test++) {
            for (int pull = 1; pull <= test + 1; pull++) {
                runs.failed(
                        "example/thing e2e",
                        pull,
                        END.minusSeconds(9_000),
                        FailedTests.test("net [t:1] attaches " + test));
            }
        }
        runs.failed("example/thing e2e", 9, END.minusSeconds(8_000), FailedTests.test("migrates"));
        runs.passed("example/thing e2e", 1, END.minusSeconds(7_000));

        String page = digest("--for", "network", "--at", END.toString());
        assertThat(page.lines()
                        .dropWhile(line -> !line.equals("### Tests that failed most"))
                        .skip(2)
                        .toList())
                .hasSize(5)
                .startsWith(
                        "- [net attaches 5](https://prow.example.org/view/gs/bucket/logs/e2e/1021): 6 of 23 runs failed (26 %)"
                                + " on 1 lane and 6 pull requests, 1 flake");
        assertThat(digest("--for", "taskforce", "--at", END.toString())).doesNotContain("Tests that failed");
    }

    @Test
    void laterEventsAreNotInTheDigestOfAnEarlierTime() {
        String page = digest("--for", "taskforce", "--at", "2026-07-13T10:10:00Z", "--days", "1");

        assertThat(page)
                .contains("1 incident opened, 0 resolved, 1 open now")
                .doesNotContain("project-infra/pull/101", NETWORK);
    }

    @Test
    void onlyABumpThatDoesNotTakeEffectIsAnIncidentOfTheDigest() throws Exception {
        BumpMonitor watch = new BumpMonitor(service, settings);
        watch.tick();
        bump(102, "2026-07-20T02:00:00Z", "2026-07-20T08:00:00Z");
        until("2026-07-20T10:00:00Z");
        watch.tick();
        List<IncidentView> open =
                database.store().read(transaction -> transaction.incidents().open());
        assertThat(open)
                .extracting(IncidentView::title)
                .contains("prow-bump kubevirt/project-infra#101", "deployment of prow-bump kubevirt/project-infra#102");

        String page = digest("--for", "taskforce", "--at", "2026-07-20T10:01:00Z", "--days", "8");

        assertThat(page)
                .contains("3 incidents opened, 1 resolved, 2 open now", "### Bumps: 1 open, 2 merged")
                .contains("- deployment of prow-bump kubevirt/project-infra#")
                .doesNotContain("`prow-bump kubevirt/project-infra#101`");
    }

    @Test
    void digestDataHoldsNotificationsAndAcknowledgements() {
        DigestData facts = database.store()
                .read(transaction -> DigestDataLoader.load(
                        transaction,
                        settings.get(),
                        DigestPeriod.before(END, Duration.ofDays(7)),
                        Audience.OPERATOR,
                        null));

        assertThat(facts.incidents()).hasSize(2).first().satisfies(episode -> {
            assertThat(episode.notifiedAt()).isEqualTo("2026-07-13T09:40:00Z");
            assertThat(episode.acknowledgedAt()).isEqualTo("2026-07-13T10:20:00Z");
        });
        assertThat(facts.notifications()).extracting(notified -> notified.at()).isSorted();
        assertThat(facts.notifications())
                .extracting(notified -> notified.person())
                .contains("dhiller");
        assertThat(facts.lanes()).isNotEmpty();
        assertThat(facts.bumps()).hasSize(2);
    }
}
