// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.digest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each digest is sent once for each occurrence of its meeting. */
class DigestSchedulerTest {

    private static final String DIGESTS = """

        digests:
          zone: Europe/Berlin
          holidays: [2027-03-29]
          taskforce:
            {day: monday, time: "09:30", to: [{channel: slack, destination: ci}, {channel: slack, destination: C01}]}
          grooming:
            series: {day: monday, time: "11:00", weeks: 2, from: 2026-11-23, to: [{channel: slack, destination: ci}]}
            repositories: [example/infra]
            labels: [{label: operations}]
          sigs:
            network: {day: friday, time: "08:00", to: [{channel: slack, destination: net}]}
        """;

    @TempDir
    private Path folder;

    private ConfigAgent settings;
    private TestStore database;
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");

    @BeforeEach
    void open() throws Exception {
        ConfigFixture small = ConfigFixture.in(folder.resolve("config"));
        Path file = small.path().resolve("ci-notify.yaml");
        small.write("ci-notify.yaml", Files.readString(file) + DIGESTS);
        settings = new ConfigAgent(new ConfigLoader(small.path(), null), () -> now);
        database = TestStore.Kind.EMBEDDED.in(folder.resolve("store"));
    }

    private DigestScheduler replica() {
        return replica(GitHubConnection.none());
    }

    private DigestScheduler replica(GitHubConnection github) {
        FakeChannel slack = new FakeChannel(
                "slack",
                new ChannelCapabilities(true, true, true),
                content -> content instanceof OutgoingMessage.TextMessage message
                        ? List.of(message.destination())
                        : List.of());
        return new DigestScheduler(database.store(), settings, new Channels(List.of(slack)), github, () -> now);
    }

    private List<Map<String, Object>> sent() {
        return database.outcomes().query("SELECT message_id, destination FROM outbox ORDER BY sequence");
    }

    @Test
    void aDueDigestIsSentToEachDestination() {
        now = Instant.parse("2026-11-23T08:29:59Z");
        replica().tick();
        assertThat(sent()).isEmpty();

        now = Instant.parse("2026-11-23T08:30:00Z");
        replica().tick();
        replica().tick();

        assertThat(sent()).extracting(row -> row.get("destination")).containsExactly("ci", "C01");
        OutgoingMessage.TextMessage message = (OutgoingMessage.TextMessage) database.store()
                .read(transaction -> transaction.messages().get("digest-taskforce-2026-11-23-slack-ci"));
        assertThat(message.title()).isEqualTo("CI from 2026-11-16 to 2026-11-23");
        assertThat(message.markdown()).contains("0 incidents opened", "### Coverage gaps of the coming week");
    }

    @Test
    void aDigestIsNotSentAfterTheMeeting() {
        now = Instant.parse("2026-11-23T09:30:01Z");
        replica().tick();

        assertThat(sent()).isEmpty();
    }

    @Test
    void aDigestWithoutOpenIssuesDelaysNoOtherDigest() {
        now = Instant.parse("2026-11-23T10:00:00Z");
        replica().tick();
        assertThat(sent()).as("no GitHub credentials are configured").isEmpty();

        now = Instant.parse("2026-11-27T07:00:00Z");
        replica().tick();

        assertThat(sent())
                .extracting(row -> row.get("message_id"))
                .containsExactly("digest-sig-network-2026-11-27-slack-net");
    }

    @Test
    void threeReplicasWithRestartsSendEachDigestOnce() {
        Random random = new Random(11);
        List<DigestScheduler> replicas = new ArrayList<>(List.of(replica(), replica(), replica()));
        for (Instant monday = Instant.parse("2026-11-23T06:00:00Z");
                monday.isBefore(Instant.parse("2027-11-22T00:00:00Z"));
                monday = monday.plusSeconds(7 * 86_400)) {
            // From well before the digest until well after, in either time of the year; every look by some replica.
            for (int minute = 60; minute < 240; minute++) {
                now = monday.plusSeconds(60L * minute);
                int one = random.nextInt(3);
                if (random.nextInt(5) == 0) {
                    replicas.set(one, replica());
                }
                replicas.get(one).tick();
            }
        }

        List<Map<String, Object>> sent = sent();
        assertThat(sent).as("51 Mondays, two places").hasSize(102).doesNotHaveDuplicates();
        assertThat(sent)
                .extracting(row -> row.get("message_id"))
                .doesNotContain("digest-taskforce-2027-03-29-slack-ci")
                .contains("digest-taskforce-2027-03-22-slack-ci", "digest-taskforce-2027-04-05-slack-C01");
    }

    private GitHubApi api(FakeGitHub github) throws IOException {
        return new GitHubApi(new GitHubClientOptions(
                List.of(github.address()),
                new GitHubClientOptions.Identity.Token(Files.writeString(folder.resolve("token"), "good-token")),
                true,
                Duration.ofMinutes(1),
                () -> now));
    }

    @Test
    void aGroomingDigestReadsGitHubWhenItIsDue() throws Exception {
        try (FakeGitHub github = new FakeGitHub();
                GitHubApi api = api(github)) {
            github.world()
                    .opened("example/infra", 1, "the cluster is slow", now.minusSeconds(864_000), "operations")
                    .opened("example/infra", 2, "somebody should look", now.minusSeconds(86_400))
                    .pull("example/infra", 3, "somebody", "s3");
            now = Instant.parse("2026-11-23T10:00:00Z");
            replica(GitHubConnection.of(api)).tick();
            replica(GitHubConnection.of(api)).tick();
        }

        assertThat(sent())
                .extracting(row -> row.get("message_id"))
                .containsExactly("digest-grooming-2026-11-23-slack-ci");
        OutgoingMessage.TextMessage message = (OutgoingMessage.TextMessage)
                database.store().read(transaction -> transaction.messages().get("digest-grooming-2026-11-23-slack-ci"));
        assertThat(message.title()).isEqualTo("Backlog on 2026-11-23");
        assertThat(message.markdown())
                .contains("2 open issues, 1 without a grooming label", "### Without a label: 1", "### operations: 1")
                .contains("somebody should look")
                .contains("suggested: `needs-triage`: no rule for a label matches")
                .doesNotContain("A change");
        assertThat(message.mrkdwn()).startsWith("• 2 open issues, 1 without").contains("*operations: 1*");
    }

    @Test
    void aGroomingDigestIsRetriedUntilTheMeeting() throws Exception {
        try (FakeGitHub github = new FakeGitHub();
                GitHubApi api = api(github)) {
            now = Instant.parse("2026-11-23T10:00:00Z");
            github.accepts(authorization -> false);
            replica(GitHubConnection.of(api)).tick();
            assertThat(sent()).isEmpty();

            github.accepts(authorization -> true);
            github.world().repository("example/infra");
            now = now.plusSeconds(1_800);
            replica(GitHubConnection.of(api)).tick();
        }
        assertThat(sent()).hasSize(1);
    }

    /** Computes the due digests independently, day by day in Berlin time. */
    private static List<String> plan(LocalDate from, LocalDate until) {
        List<String> due = new ArrayList<>();
        for (LocalDate day = from; day.isBefore(until); day = day.plusDays(1)) {
            boolean holiday = day.equals(LocalDate.parse("2027-03-29"));
            if (day.getDayOfWeek() == DayOfWeek.MONDAY && !holiday) {
                due.add("digest-taskforce-" + day + "-slack-ci");
                due.add("digest-taskforce-" + day + "-slack-C01");
                if (ChronoUnit.DAYS.between(LocalDate.parse("2026-11-23"), day) % 14 == 0) {
                    due.add("digest-grooming-" + day + "-slack-ci");
                }
            }
            if (day.getDayOfWeek() == DayOfWeek.FRIDAY) {
                due.add("digest-sig-network-" + day + "-slack-net");
            }
        }
        return due;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void everyDigestOfAYearIsSentOnceDespiteRestarts(long seed) throws Exception {
        Random random = new Random(seed);
        LocalDate first = LocalDate.parse("2026-11-23");
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        try (FakeGitHub github = new FakeGitHub();
                GitHubApi api = api(github)) {
            github.world().opened("example/infra", 1, "an issue", now);
            GitHubConnection open = GitHubConnection.of(api);
            List<DigestScheduler> replicas = new ArrayList<>(List.of(replica(open), replica(open), replica(open)));
            for (LocalDate day = first; day.isBefore(first.plusYears(1)); day = day.plusDays(1)) {
                for (String time : List.of("07:59", "08:00", "09:29", "09:30", "09:31", "10:59", "11:00", "13:00")) {
                    now = day.atTime(LocalTime.parse(time)).atZone(berlin).toInstant();
                    for (int look = 0; look < 6; look++) {
                        int one = random.nextInt(3);
                        if (random.nextInt(2) == 0) {
                            replicas.set(one, replica(open));
                        }
                        replicas.get(one).tick();
                        now = now.plusSeconds(random.nextInt(10));
                    }
                }
            }
        }

        assertThat(sent())
                .as("seed %d", seed)
                .extracting(row -> String.valueOf(row.get("message_id")))
                .containsExactlyInAnyOrderElementsOf(plan(first, first.plusYears(1)));
        assertThat(database.outcomes().query("SELECT id, decided_at FROM message"))
                .as("seed %d: each within its own minute", seed)
                .allSatisfy(row -> {
                    Instant at = Instant.ofEpochMilli(((Number) row.get("decided_at")).longValue());
                    assertThat(at.atZone(berlin)
                                    .toLocalTime()
                                    .truncatedTo(ChronoUnit.MINUTES)
                                    .toString())
                            .as("%s", row.get("id"))
                            .isIn("08:00", "09:30", "11:00");
                });
    }

    @Test
    void concurrentReplicasSendADigestOnce() throws Exception {
        now = Instant.parse("2026-11-23T08:30:00Z");
        try (ExecutorService together = Executors.newFixedThreadPool(3)) {
            CyclicBarrier barrier = new CyclicBarrier(3);
            List<Future<Object>> looks = new ArrayList<>();
            for (int one = 0; one < 3; one++) {
                DigestScheduler replica = replica();
                looks.add(together.submit(() -> {
                    barrier.await();
                    replica.tick();
                    return null;
                }));
            }
            for (Future<Object> look : looks) {
                look.get();
            }
        }

        assertThat(sent()).hasSize(2);
    }
}
