// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFixture;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.bump.BumpTracker;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bump from its opening to its deployment. */
class BumpsInServeTest {

    private static final Instant FRIDAY = Instant.parse("2026-07-17T08:00:00Z");
    private static final Repository INFRA = Repository.of("example/infra");

    private static final String BUMPS = """

        bumps:
          area: support
          deploymentArea: operations
          classes:
            - {name: prow-bump, author: [bot], head: autobump, area: operations, deployment: post-deploy}
        """;

    private static final String JOBS = """
        presubmits:
          example/infra:
            - {name: unit, always_run: true, spec: {containers: [{image: x}]}}
            - {name: maybe, always_run: true, optional: true, spec: {containers: [{image: x}]}}
        postsubmits:
          example/infra:
            - {name: post-deploy, spec: {containers: [{image: x}]}}
        """;

    @TempDir
    private Path folder;

    private EmbeddedStore database;
    private ConfigAgent settings;
    private BumpMonitor monitor;
    private Instant now = FRIDAY;

    @BeforeEach
    void begin() throws Exception {
        ConfigFixture small = ConfigFixture.in(folder.resolve("config"));
        small.write("ci-notify.yaml", Files.readString(small.path().resolve("ci-notify.yaml")) + BUMPS);
        Path jobs = Files.createDirectories(folder.resolve("jobs"));
        Files.writeString(jobs.resolve("infra.yaml"), JOBS);
        settings = new ConfigAgent(new ConfigLoader(small.path(), jobs), () -> now);
        database = EmbeddedStore.in(folder.resolve("store"));
        monitor = new BumpMonitor(
                new IncidentService(database.store(), settings, new Channels(List.of()), () -> now), settings);
        monitor.tick();
    }

    private void event(String head, String sha, @Nullable String mergedAt) throws Exception {
        JsonNode payload = new ObjectMapper()
                .readTree("""
                    {"action": "x", "pull_request": {"number": 7, "title": "Bump Prow", "html_url": "https://github.com/example/infra/pull/7",
                     "user": {"login": "bot"}, "created_at": "2026-07-17T08:00:00Z", "updated_at": "%s", "mergeable": true,
                     "merged_at": %s, "merge_commit_sha": "m1",
                     "head": {"ref": "%s", "sha": "%s", "user": {"login": "bot"}},
                     "base": {"ref": "main", "repo": {"full_name": "example/infra"}}}}
                    """.formatted(now, mergedAt == null ? "null" : "\"" + mergedAt + "\"", head, sha));
        database.store().inTransaction(transaction -> {
            new BumpTracker(settings.get(), transaction).observe(payload);
            return true;
        });
    }

    private void ran(String job, JobType type, JobState state, String sha) {
        JobRun run = JobRun.builder(job, type, state)
                .repository(INFRA)
                .pulls(type == JobType.PRESUBMIT ? List.of(new Pull(7, "bot", sha)) : List.of())
                .baseRef("main")
                .build();
        database.store().inTransaction(transaction -> {
            new BumpTracker(settings.get(), transaction).observe(run, now);
            return true;
        });
    }

    private List<String> open() {
        monitor.tick();
        return incidents().stream()
                .filter(incident -> incident.state() == IncidentState.OPEN)
                .map(IncidentView::title)
                .toList();
    }

    private List<IncidentView> incidents() {
        return database.store().read(transaction -> transaction.incidents().open());
    }

    private Optional<TrackedBump> pull() {
        return database.store().read(transaction -> transaction.bumps().find(INFRA, 7));
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    @Test
    void aPassingBumpOpensAnIncidentUntilItIsMerged() throws Exception {
        event("autobump", "s1", null);
        ran("maybe", JobType.PRESUBMIT, JobState.FAILURE, "s1");
        ran("unit", JobType.PRESUBMIT, JobState.PENDING, "s1");
        assertThat(open()).isEmpty();

        later(Duration.ofMinutes(10));
        ran("unit", JobType.PRESUBMIT, JobState.SUCCESS, "s1");
        assertThat(open()).containsExactly("prow-bump example/infra#7");
        assertThat(open()).as("the same minute after minute").hasSize(1);
        assertThat(database.outcomes().query("SELECT 1 FROM engine_event")).hasSize(1);

        later(Duration.ofMinutes(10));
        event("autobump", "s1", now.toString());
        ran("post-deploy", JobType.POSTSUBMIT, JobState.SUCCESS, "m1");
        assertThat(open()).isEmpty();
    }

    @Test
    void aFailedDeploymentOpensAnIncidentUntilOnePasses() throws Exception {
        event("autobump", "s1", null);
        event("autobump", "s1", now.toString());
        ran("post-deploy", JobType.POSTSUBMIT, JobState.FAILURE, "m1");

        assertThat(open()).containsExactly("deployment of prow-bump example/infra#7");
        assertThat(incidents()).singleElement().satisfies(incident -> {
            assertThat(incident.diagnosis().area()).isEqualTo("operations");
            assertThat(incident.blocking()).isTrue();
        });

        later(Duration.ofMinutes(30));
        ran("post-deploy", JobType.POSTSUBMIT, JobState.SUCCESS, "m1");
        assertThat(open()).isEmpty();
    }

    @Test
    void aFailedRequiredJobOpensAnIncidentAfterItsRetests() throws Exception {
        event("autobump", "s1", null);
        ran("unit", JobType.PRESUBMIT, JobState.FAILURE, "s1");
        later(Duration.ofMinutes(119));
        assertThat(open()).isEmpty();

        later(Duration.ofMinutes(2));
        assertThat(open()).containsExactly("prow-bump example/infra#7");

        event("autobump", "s2", null);
        assertThat(open()).as("a new commit begins anew").isEmpty();
    }

    /** Such as one of an in-repo configuration; a run that a plugin made as a trial is none. */
    @Test
    void aFailedJobThatIsUnknownMayBlockTheBump() throws Exception {
        event("autobump", "s1", null);
        ran("unit", JobType.PRESUBMIT, JobState.SUCCESS, "s1");
        ran("try-more", JobType.PRESUBMIT, JobState.FAILURE, "s1");
        ran("unknown", JobType.PRESUBMIT, JobState.FAILURE, "s1");

        assertThat(pull()).hasValueSatisfying(pull -> assertThat(pull.checks()).containsOnlyKeys("unit", "unknown"));
        later(Duration.ofMinutes(121));
        assertThat(open()).containsExactly("prow-bump example/infra#7");
    }

    /** A job that is started by hand, on a branch whose protection requires such jobs. */
    @Test
    void theJobsThatTideWaitsForAreExpected() throws Exception {
        Path jobs = Files.writeString(
                folder.resolve("manual.yaml"),
                JOBS.replace(
                        "{name: unit, always_run: true,",
                        "{name: by-hand, spec: {}}\n    - {name: unit, always_run: true,"));
        Path prow = Files.writeString(folder.resolve("config.yaml"), """
            tide: {context_options: {from-branch-protection: true}}
            branch-protection:
              orgs: {example: {protect: true, require_manually_triggered_jobs: true}}
            """);
        settings = new ConfigAgent(new ConfigLoader(folder.resolve("config"), jobs, prow), () -> now);

        event("autobump", "s1", null);

        assertThat(pull()).hasValueSatisfying(pull -> assertThat(pull.checks()).containsOnlyKeys("unit", "by-hand"));
    }

    @Test
    void anUnclassifiedBumpOpensOneIncident() throws Exception {
        event("something-else", "s1", null);
        assertThat(open()).containsExactly("unclassified pull request example/infra#7");

        later(Duration.ofMinutes(5));
        event("something-else", "s1", now.toString());
        assertThat(open()).isEmpty();
    }

    @Test
    void aRepeatedOrLateEventChangesNothing() throws Exception {
        event("autobump", "s1", null);
        Instant before = now;
        later(Duration.ofMinutes(20));
        event("autobump", "s1", now.toString());
        ran("post-deploy", JobType.POSTSUBMIT, JobState.SUCCESS, "m1");
        now = before;
        event("autobump", "s1", null);
        later(Duration.ofMinutes(30));

        assertThat(open()).isEmpty();
        assertThat(pull()).hasValueSatisfying(pull -> assertThat(pull.endedAt()).isNotNull());
    }
}
