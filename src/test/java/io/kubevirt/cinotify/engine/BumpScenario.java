// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.bump.BumpTracker;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bump, event by event, with the parts that {@code serve} wires together: tracker, monitor, incident service and outbox.
 * The scenario controls the time.
 */
final class BumpScenario {

    static final Repository INFRA = Repository.of("example/infra");

    private static final Duration STEP = Duration.ofMinutes(10);

    private static final String GROUP = """
        # Who is responsible

        | Name | Availability | Time zone | Operations | SIG Support |
        |------|--------------|-----------|------------|-------------|
        | [Ada](https://github.com/ada) | Mon-Fri | GMT+1 | Primary | Secondary |
        | [Bo](https://github.com/bo)   | Mon-Fri | GMT+2 | Backup  | |
        | [Cy](https://github.com/cy)   | Sun-Thu | GMT+3 |         | Primary |
        | [Dee](https://github.com/dee) | Mon-Fri | GMT+1 |         | Primary |
        """;

    private static final String BUMPS = """

        bumps:
          area: support
          deploymentArea: operations
          classes:
            - {name: prow-bump, author: [bot], head: autobump, area: support, interval: 168h, job: make-bump, usualDuration: 6h, deployment: post-deploy}
            - {name: image-bump, author: [bot], head: images, area: operations, needsHuman: false, usualDuration: 24h}
        """;

    private static final String JOBS = """
        presubmits:
          example/infra:
            - {name: unit, always_run: true, spec: {containers: [{image: x}]}}
            - {name: deploy-test, run_if_changed: '^deploy/', spec: {containers: [{image: x}]}}
            - {name: maybe, always_run: true, optional: true, spec: {containers: [{image: x}]}}
        postsubmits:
          example/infra:
            - {name: post-deploy, spec: {containers: [{image: x}]}}
        """;

    private final ConfigFixture small;
    private final EmbeddedStore database;
    private final ConfigAgent config;
    private IncidentService incidents;
    private BumpMonitor monitor;
    private Instant now;
    private Instant opened;
    private String branch = "autobump";
    private String sha = "s1";
    private @Nullable Boolean mergeable = true;

    BumpScenario(Path folder, Instant begin, String jobs) throws Exception {
        now = begin;
        opened = begin;
        small = ConfigFixture.in(folder.resolve("config"));
        small.write("group.md", GROUP);
        small.write("ci-notify.yaml", Files.readString(small.path().resolve("ci-notify.yaml")) + BUMPS);
        small.replace("ci-notify.yaml", "    ada:\n", "    dee: {zone: Europe/Berlin}\n    ada:\n");
        Path jobFolder = Files.createDirectories(folder.resolve("jobs"));
        Files.writeString(jobFolder.resolve("infra.yaml"), jobs);
        config = new ConfigAgent(new ConfigLoader(small.path(), jobFolder), () -> now);
        database = EmbeddedStore.in(folder.resolve("store"));
        restart();
        monitor.tick();
    }

    static BumpScenario at(Path folder, String begin) throws Exception {
        return new BumpScenario(folder, Instant.parse(begin), JOBS);
    }

    /** A new process continues with the stored state. */
    BumpScenario restart() {
        incidents = new IncidentService(
                database.store(), config, new Channels(List.of(FakeChannel.withThreads("console"))), () -> now);
        monitor = new BumpMonitor(incidents, config);
        return this;
    }

    /** The operator adds a class to the configuration. */
    BumpScenario addsClass(String entry) {
        small.replace("ci-notify.yaml", "  classes:\n", "  classes:\n    - " + entry + "\n");
        config.refresh();
        assertThat(config.problems()).isEmpty();
        monitor.tick();
        return this;
    }

    /** The operator changes the classes. */
    BumpScenario changesClasses(String piece, String other) {
        small.replace("ci-notify.yaml", piece, other);
        config.refresh();
        assertThat(config.problems()).isEmpty();
        return this;
    }

    BumpScenario branch(String head) {
        branch = head;
        return this;
    }

    BumpScenario opens() throws IOException {
        opened = now;
        return receives(null, null);
    }

    BumpScenario pushes(String commit) throws IOException {
        sha = commit;
        return receives(null, null);
    }

    /** @param so null while GitHub has not computed it */
    BumpScenario conflicts(@Nullable Boolean so) throws IOException {
        mergeable = so == null ? null : Boolean.valueOf(!so);
        return receives(null, null);
    }

    /** An event without a relevant change. */
    BumpScenario isEdited() throws IOException {
        return receives(null, null);
    }

    BumpScenario merges() throws IOException {
        return receives(now, now);
    }

    BumpScenario closes() throws IOException {
        return receives(now, null);
    }

    private BumpScenario receives(@Nullable Instant closedAt, @Nullable Instant mergedAt) throws IOException {
        JsonNode payload = new ObjectMapper()
                .readTree("""
                    {"action": "x", "pull_request": {"number": 7, "title": "Bump Prow",
                     "html_url": "https://github.com/example/infra/pull/7",
                     "user": {"login": "bot"}, "created_at": "%s", "updated_at": "%s", "mergeable": %s,
                     "closed_at": %s, "merged_at": %s, "merge_commit_sha": "m1",
                     "head": {"ref": "%s", "sha": "%s", "user": {"login": "bot"}},
                     "base": {"ref": "main", "repo": {"full_name": "example/infra"}}}}
                    """.formatted(opened, now, mergeable, text(closedAt), text(mergedAt), branch, sha));
        database.store().inTransaction(transaction -> {
            new BumpTracker(config.get(), transaction).observe(payload);
            return true;
        });
        monitor.tick();
        return this;
    }

    private static String text(@Nullable Instant at) {
        return at == null ? "null" : "\"" + at + "\"";
    }

    BumpScenario runs(String job, JobState state) {
        return runs(JobRun.builder(job, JobType.PRESUBMIT, state)
                .repository(INFRA)
                .pulls(List.of(new Pull(7, "bot", sha)))
                .baseRef("main")
                .build());
    }

    BumpScenario deploys(JobState state) {
        return runs(JobRun.builder("post-deploy", JobType.POSTSUBMIT, state)
                .repository(INFRA)
                .baseRef("main")
                .build());
    }

    private BumpScenario runs(JobRun run) {
        database.store().inTransaction(transaction -> {
            new BumpTracker(config.get(), transaction).observe(run, now);
            return true;
        });
        monitor.tick();
        return this;
    }

    /** Somebody acknowledges the incident. */
    BumpScenario acknowledges(String who) {
        String incident = open().getFirst().id();
        incidents.decide(work -> work.perform(new IncidentAction.Acknowledge(incident, who)));
        return this;
    }

    /** Advances the time; everything due happens at its time. */
    BumpScenario until(String instant) {
        Instant end = Instant.parse(instant);
        while (now.isBefore(end)) {
            // At each full ten minutes, and whenever the incident service has something to do.
            Instant next = Instant.ofEpochSecond((now.getEpochSecond() / STEP.toSeconds() + 1) * STEP.toSeconds());
            Instant wake = incidents.nextWake();
            next = wake.isAfter(now) && wake.isBefore(next) ? wake : next;
            now = next.isBefore(end) ? next : end;
            monitor.tick();
            incidents.tick();
        }
        return this;
    }

    /** The notifications with a recipient: kind, handle and time. */
    List<String> notified() {
        return rows().stream()
                .filter(row -> row.get("handle") != null)
                .map(row -> row.get("kind") + " " + row.get("handle") + " " + at(row))
                .toList();
    }

    /** The kinds of all messages. */
    List<String> sentKinds() {
        return rows().stream().map(row -> String.valueOf(row.get("kind"))).toList();
    }

    /** The threads of all messages. */
    List<String> threads() {
        return rows().stream()
                .map(row -> String.valueOf(row.get("thread")))
                .distinct()
                .toList();
    }

    /** The newest message. */
    String lastMessage() {
        return String.valueOf(database.outcomes()
                .query("SELECT document FROM message ORDER BY sequence DESC LIMIT 1")
                .getFirst()
                .get("document"));
    }

    List<IncidentView> open() {
        return database.store().read(transaction -> transaction.incidents().open()).stream()
                .filter(incident -> incident.state() == IncidentState.OPEN)
                .toList();
    }

    EmbeddedStore database() {
        return database;
    }

    private List<Map<String, Object>> rows() {
        return database.outcomes()
                .query("SELECT kind, handle, due_at, thread FROM message WHERE state <> 'withdrawn' ORDER BY sequence");
    }

    private static Instant at(Map<String, Object> row) {
        return Instant.ofEpochMilli(((Number) row.get("due_at")).longValue());
    }
}
