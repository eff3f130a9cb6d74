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
package io.kubevirt.cinotify.app.answers;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.app.LiveSettings;
import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.command.IncidentDesk;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.Dispatch;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.ExternalPlugin;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.incident.policy.IncidentCore;
import io.kubevirt.cinotify.incident.policy.IncidentView;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.Past;
import io.kubevirt.cinotify.incident.policy.Ruling;
import io.kubevirt.cinotify.incident.policy.Rulings;
import io.kubevirt.cinotify.intake.Acceptance;
import io.kubevirt.cinotify.intake.Delivery;
import io.kubevirt.cinotify.intake.hook.BytesInFlight;
import io.kubevirt.cinotify.intake.hook.DeliveryCounter;
import io.kubevirt.cinotify.intake.hook.Door;
import io.kubevirt.cinotify.intake.hook.HelpHandler;
import io.kubevirt.cinotify.intake.hook.HmacSecrets;
import io.kubevirt.cinotify.intake.hook.PluginHelp;
import io.kubevirt.cinotify.intake.hook.Reception;
import io.kubevirt.cinotify.intake.hook.SignatureCheck;
import io.kubevirt.cinotify.intake.hook.WebhookHandler;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.github.GitHubAccess;
import io.kubevirt.cinotify.notice.github.GitHubApi;
import io.kubevirt.cinotify.notice.github.GitHubChannel;
import io.kubevirt.cinotify.notice.github.GitHubRules;
import io.kubevirt.cinotify.notice.github.GitHubVoice;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.StoredDelivery;
import io.kubevirt.cinotify.store.Transaction;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hook, the door, the store, the real core and GitHub, with those who answer in between; the clock is the test's. What is
 * said is posted by the real channel as soon as it is decided, in place of the outbox.
 */
final class AnsweredPlugin implements AutoCloseable {

    static final String REPOSITORY = "kubevirt/kubevirt";
    static final String HEAD = "2f6f8ac9e2a5b2fb1c22d1d8f6a3b9f5b7f0a1c3";
    static final int PULL = 14890;
    private static final String KEY = "abcde12345";

    final FakeGitHub github = new FakeGitHub();
    final EmbeddedStore database;
    /** What was to be said, whether it could be posted or not. */
    final List<String> letters = new ArrayList<>();

    final List<Message> calls = new ArrayList<>();
    Instant now = Examples.NOON;

    private final Vertx vertx = Vertx.vertx();
    private final ProwHook hook = ProwHook.signingWith(KEY, pause -> {});
    private final GitHubApi api;
    private final GitHubChannel channel;
    private final IncidentCore core;
    private final LiveSettings settings;
    private final AnswerComments comments;
    private final List<Content.Letter> outbox = new ArrayList<>();
    private final Map<String, String> roots = new HashMap<>();
    private long lastComment = 41;

    AnsweredPlugin(Path folder) throws IOException, InvalidDocument {
        database = EmbeddedStore.hastyIn(folder);
        settings = new LiveSettings(new SettingsLoader(Path.of("config"), null), () -> now);
        core = IncidentCore.fresh(settings.get().incidentRules());
        Path token = Files.writeString(folder.resolve("token"), "good-token");
        api = new GitHubApi(new GitHubAccess(
                List.of(github.address()),
                new GitHubAccess.Identity.Token(token),
                false,
                Duration.ofSeconds(2),
                () -> now));
        channel = new GitHubChannel(
                api,
                new GitHubVoice(
                        () -> {
                            throw new AssertionError("letters need no template");
                        },
                        () -> {
                            throw new AssertionError("letters need no view");
                        }),
                () -> GitHubRules.QUIET);
        comments = new AnswerComments(
                database.store(),
                settings::get,
                work -> database.store().inTransaction(transaction -> work.apply(surroundings(transaction, now))),
                GitHubSide.of(api),
                () -> now);
        hook.register("kubevirt", new ExternalPlugin("ci-notify", open(), List.copyOf(CommentReader.EVENTS)));
        github.world().repository(REPOSITORY, "sig/network", "prow", "kind/bug");
        github.world().pull(REPOSITORY, PULL, "pr-author", HEAD);
        github.world().member("kubevirt", "trusted-person");
    }

    private URI open() {
        HmacSecrets secrets = HmacSecrets.parse(KEY.getBytes(StandardCharsets.UTF_8));
        Reception reception =
                new Reception(new SignatureCheck(() -> secrets), CommentReader.EVENTS, this::accept, () -> now);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        WebhookHandler webhooks = new WebhookHandler(
                reception,
                new DeliveryCounter(meters, CommentReader.EVENTS),
                1_000_000,
                new BytesInFlight(Long.MAX_VALUE / 2));
        Router router = Router.router(vertx);
        new Door(
                        java.util.Set.of("/"),
                        webhooks,
                        new HelpHandler(() -> PluginHelp.standard(List.of(), "Dry run.", HelpCommands.all())))
                .mount(router);
        int port = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        return URI.create("http://127.0.0.1:" + port);
    }

    private Acceptance accept(Delivery delivery) {
        return database.store().inTransaction(transaction -> transaction
                        .deliveries()
                        .insert(new StoredDelivery(
                                delivery.id(), delivery.event(), delivery.receivedAt(), delivery.body(), 0)))
                ? Acceptance.NEW
                : Acceptance.KNOWN;
    }

    private Surroundings surroundings(Transaction transaction, Instant at) {
        return new Surroundings() {
            @Override
            public Transaction transaction() {
                return transaction;
            }

            @Override
            public Instant now() {
                return at;
            }

            @Override
            public List<IncidentView> incidents() {
                return core.incidents();
            }

            @Override
            public List<String> saidAt(String place) {
                return List.of();
            }

            @Override
            public IncidentDesk desk() {
                return new CoreDesk(core, Past.NONE, settings.get().roster(), at, AnsweredPlugin.this::keep);
            }

            @Override
            public void say(Content.Letter letter, List<String> why) {
                outbox.add(letter);
            }

            @Override
            public void answered(String delivery, Content.Letter letter, List<String> why) {
                transaction.deliveries().suppressed(delivery, "answered", why, at);
            }
        };
    }

    private void keep(Rulings made) {
        made.rulings().forEach(ruling -> {
            if (ruling instanceof Ruling.Say(Message message, List<String> why)) {
                calls.add(message);
            }
        });
    }

    /** Somebody comments on the pull request; everything that follows is done. Returns the delivery. */
    String says(String author, String body) {
        return happens("issue_comment", CommentPayload.of("issue_comment", body).by(author, "User"));
    }

    String happens(String event, CommentPayload payload) {
        String delivery = sent(event, payload.id(++lastComment));
        work();
        return delivery;
    }

    String sent(String event, CommentPayload payload) {
        List<Dispatch> dispatches = hook.receive(event, payload.bytes());
        if (!dispatches.getFirst().succeeded()) {
            throw new AssertionError(dispatches);
        }
        return dispatches.getFirst().delivery();
    }

    void redeliver(String delivery) {
        hook.redeliver(delivery);
        work();
    }

    /** What the threads of the program do in turn. */
    void work() {
        comments.prepareAll();
        decide();
        comments.prepareAll();
    }

    void prepareOnly() {
        comments.prepareAll();
    }

    private void decide() {
        comments.decideAll();
        for (Content.Letter letter : outbox) {
            Saying saying = new Saying(GitHubChannel.NAME, letter.place(), letter);
            String root = roots.get(letter.thread());
            Receipt receipt = root == null ? channel.post(saying) : channel.edit(saying, root);
            if (receipt instanceof Receipt.Written(String reference)) {
                roots.put(letter.thread(), reference);
            }
            letters.add(letter.markdown());
        }
        outbox.clear();
    }

    /** What hook tells deck. */
    Map<String, JsonNode> help() {
        return hook.pluginHelp();
    }

    /** What stands in the conversation. */
    List<String> comments() {
        return github.world().comments(REPOSITORY, PULL);
    }

    String lastComment() {
        return comments().getLast();
    }

    List<String> reactions() {
        return github.world().reactions(REPOSITORY);
    }

    List<IncidentView> incidents() {
        return core.incidents();
    }

    String outcome(String delivery) {
        return String.valueOf(database.outcomes().entry(delivery).reason());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        api.close();
        github.close();
    }
}
