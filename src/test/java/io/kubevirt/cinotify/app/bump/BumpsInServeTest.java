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

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.app.IncidentDesk;
import io.kubevirt.cinotify.app.LiveSettings;
import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.settings.SettingsFolder;
import io.kubevirt.cinotify.settings.SettingsLoader;
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

/** A bump from its opening until it is in service, as the running program hears of it. */
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
    private LiveSettings settings;
    private WatchBumps watch;
    private Instant now = FRIDAY;

    @BeforeEach
    void begin() throws Exception {
        SettingsFolder small = SettingsFolder.in(folder.resolve("config"));
        small.write("ci-notify.yaml", Files.readString(small.path().resolve("ci-notify.yaml")) + BUMPS);
        Path jobs = Files.createDirectories(folder.resolve("jobs"));
        Files.writeString(jobs.resolve("infra.yaml"), JOBS);
        settings = new LiveSettings(new SettingsLoader(small.path(), jobs), () -> now);
        database = EmbeddedStore.in(folder.resolve("store"));
        watch = new WatchBumps(
                new IncidentDesk(database.store(), settings, new Channels(List.of()), () -> now), settings);
        watch.tick();
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
        HandlePullRequest.take(payload, database.store(), settings.get());
    }

    private void ran(String job, JobType type, JobState state, String sha) {
        JobRun run = JobRun.of(job, type, state)
                .repository(INFRA)
                .pulls(type == JobType.PRESUBMIT ? List.of(new Pull(7, "bot", sha)) : List.of())
                .baseRef("main")
                .build();
        database.store().inTransaction(transaction -> {
            new BumpBook(settings.get(), transaction).take(run, now);
            return true;
        });
    }

    private List<String> open() {
        watch.tick();
        return incidents().stream()
                .filter(incident -> incident.state() == IncidentState.OPEN)
                .map(IncidentView::title)
                .toList();
    }

    private List<IncidentView> incidents() {
        return database.store().read(transaction -> transaction.incidents().open());
    }

    private Optional<BumpPull> pull() {
        return database.store().read(transaction -> transaction.bumps().find(INFRA, 7));
    }

    private void later(Duration time) {
        now = now.plus(time);
    }

    @Test
    void itIsToldWhenItIsGreenAndQuietOnceItIsMerged() throws Exception {
        event("autobump", "s1", null);
        ran("maybe", JobType.PRESUBMIT, JobState.FAILURE, "s1");
        ran("unit", JobType.PRESUBMIT, JobState.PENDING, "s1");
        assertThat(open()).isEmpty();

        later(Duration.ofMinutes(10));
        ran("unit", JobType.PRESUBMIT, JobState.SUCCESS, "s1");
        assertThat(open()).containsExactly("prow-bump example/infra#7");
        assertThat(open()).as("the same minute after minute").hasSize(1);
        assertThat(database.outcomes().query("SELECT 1 FROM incident_input")).hasSize(1);

        later(Duration.ofMinutes(10));
        event("autobump", "s1", now.toString());
        ran("post-deploy", JobType.POSTSUBMIT, JobState.SUCCESS, "m1");
        assertThat(open()).isEmpty();
    }

    @Test
    void aDeploymentThatFailsIsToldToThoseWhoDeployUntilOnePasses() throws Exception {
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
    void aRequiredJobThatFailedIsToldOnlyAfterItsRetests() throws Exception {
        event("autobump", "s1", null);
        ran("unit", JobType.PRESUBMIT, JobState.FAILURE, "s1");
        later(Duration.ofMinutes(119));
        assertThat(open()).isEmpty();

        later(Duration.ofMinutes(2));
        assertThat(open()).containsExactly("prow-bump example/infra#7");

        event("autobump", "s2", null);
        assertThat(open()).as("a new commit begins anew").isEmpty();
    }

    @Test
    void aTrustedBotsPullRequestOfNoClassIsToldOnceUntilItIsOver() throws Exception {
        event("something-else", "s1", null);
        assertThat(open()).containsExactly("unclassified pull request example/infra#7");

        later(Duration.ofMinutes(5));
        event("something-else", "s1", now.toString());
        assertThat(open()).isEmpty();
    }

    @Test
    void anEventThatComesTwiceOrLateChangesNothing() throws Exception {
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
