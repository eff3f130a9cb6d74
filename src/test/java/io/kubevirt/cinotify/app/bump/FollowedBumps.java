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

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.app.HandleDeliveries;
import io.kubevirt.cinotify.app.IncidentDesk;
import io.kubevirt.cinotify.app.LiveSettings;
import io.kubevirt.cinotify.app.outbox.Speaker;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.FakeChannel;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.github.GitHubAccess;
import io.kubevirt.cinotify.notice.github.GitHubApi;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.StoredDelivery;
import io.quarkus.runtime.ShutdownEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The plugin with the KubeVirt preset as far as it follows bumps: the real store, the real core, the real outbox; GitHub, the
 * channel and the clock are the test's.
 */
final class FollowedBumps implements AutoCloseable {

    static final String KUBEVIRT = "kubevirt/kubevirt";
    static final String INFRA = "kubevirt/project-infra";
    static final String UNIT = "pull-kubevirt-unit-test";
    static final String DEPLOYMENT = "post-project-infra-kubevirt-prow-control-plane-deployment";

    private static final String JOBS = """
            presubmits:
              kubevirt/kubevirt:
                - {name: pull-kubevirt-unit-test, always_run: true, spec: {containers: [{image: x}]}}
              kubevirt/project-infra:
                - {name: pull-kubevirt-unit-test, always_run: true, spec: {containers: [{image: x}]}}
            postsubmits:
              kubevirt/project-infra:
                - {name: post-project-infra-kubevirt-prow-control-plane-deployment, spec: {containers: [{image: x}]}}
            """;

    final FakeGitHub github = new FakeGitHub();
    final FakeChannel channel = FakeChannel.able("room");
    final EmbeddedStore database;
    Instant now = Examples.NOON;

    private final Path folder;
    private final GitHubApi api;
    private final Channels channels = new Channels(List.of(channel));
    private LiveSettings settings;
    private IncidentDesk desk;
    private HandleDeliveries deliveries;
    private WatchBumps watch;
    private CatchUpBumps catchUp;
    private Speaker speaker;
    private int sent;

    FollowedBumps(Path folder) throws IOException, InvalidDocument, InterruptedException {
        this.folder = folder;
        Files.writeString(Files.createDirectories(folder.resolve("jobs")).resolve("jobs.yaml"), JOBS);
        Path token = Files.writeString(folder.resolve("token"), "good-token");
        database = EmbeddedStore.hastyIn(folder.resolve("data"));
        api = new GitHubApi(new GitHubAccess(
                List.of(github.address()),
                new GitHubAccess.Identity.Token(token),
                false,
                Duration.ofSeconds(5),
                () -> now));
        for (String repository : List.of(KUBEVIRT, INFRA, "kubevirt/kubevirtci")) {
            github.world().repository(repository);
        }
        restart();
    }

    /** The process ends, and another one begins with what it left. */
    void restart() throws InvalidDocument, InterruptedException {
        if (speaker != null) {
            speaker.stop(new ShutdownEvent());
        }
        settings = new LiveSettings(new SettingsLoader(Path.of("config"), folder.resolve("jobs")), () -> now);
        desk = new IncidentDesk(database.store(), settings, channels, () -> now);
        deliveries = new HandleDeliveries(database.store(), settings, desk, () -> now);
        watch = new WatchBumps(desk, settings);
        catchUp = new CatchUpBumps(settings, desk, Optional.of(new BumpReading(database.store(), api)), () -> now);
        speaker = new Speaker(database.store(), () -> now, settings, channels);
    }

    /** An event of a pull request comes. */
    void hears(JsonNode pullRequestEvent) {
        HandlePullRequest.take(pullRequestEvent, database.store(), settings.get());
        watch.tick();
    }

    /** A status comes. */
    void hears(StatusPayload status) {
        StoredDelivery delivery = new StoredDelivery("status " + ++sent, "status", now, status.bytes(), 0);
        database.store().inTransaction(transaction -> transaction.deliveries().insert(delivery));
        deliveries.handleAll();
        watch.tick();
    }

    /** What is read on GitHub, and what follows from it. */
    void catchesUp() {
        catchUp.tick();
        watch.tick();
    }

    /** What health has to report of the reading. */
    String problem() {
        return catchUp.call()
                .getData()
                .map(data -> String.valueOf(data.get("problem")))
                .orElse("");
    }

    void pass(Duration time) {
        now = now.plus(time);
        desk.tick();
        watch.tick();
    }

    /** What the channel shows now of the first incident that fits, once it shows it. */
    Message shown(Predicate<Message> which) {
        speaker.ring();
        return await().until(() -> find(which), Optional::isPresent).orElseThrow();
    }

    /** What the channel shows now. */
    List<Message> shown() {
        speaker.ring();
        await().until(() -> database.outcomes()
                .query("SELECT 1 FROM content WHERE state = 'unasked' AND due_at <= " + now.toEpochMilli()
                        + " UNION ALL SELECT 1 FROM saying WHERE state IN ('waiting', 'sending', 'unknown')"
                        + " AND due_at <= " + now.toEpochMilli())
                .isEmpty());
        return channel.entries().stream()
                .map(entry -> ((Content.IncidentNews) entry.shows()).message())
                .toList();
    }

    private Optional<Message> find(Predicate<Message> which) {
        speaker.ring();
        return channel.entries().stream()
                .map(entry -> ((Content.IncidentNews) entry.shows()).message())
                .filter(which)
                .findFirst();
    }

    @Override
    public void close() throws InterruptedException {
        speaker.stop(new ShutdownEvent());
        api.close();
        github.close();
    }
}
