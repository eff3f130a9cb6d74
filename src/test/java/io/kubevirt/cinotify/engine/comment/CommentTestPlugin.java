// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.app.WebhookRoutes;
import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.CommentRelay;
import io.kubevirt.cinotify.engine.DeliveryProcessor;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.engine.IncidentUnitOfWork;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.Dispatch;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.ExternalPlugin;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.StoredOutcomes;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.github.GitHubComments;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.notify.AddressedMessage;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelCapabilities;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.LookupResult;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.notify.SendResult;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.github.GitHubConfig;
import io.kubevirt.cinotify.notify.github.GitHubFormatter;
import io.kubevirt.cinotify.notify.slack.SlackApi;
import io.kubevirt.cinotify.notify.slack.SlackConfig;
import io.kubevirt.cinotify.notify.slack.SlackContext;
import io.kubevirt.cinotify.notify.slack.SlackReceiver;
import io.kubevirt.cinotify.notify.slack.SlackResponder;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.prow.GitHubServer;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.roster.MemberOverride;
import io.kubevirt.cinotify.roster.MemberOverrides;
import io.kubevirt.cinotify.roster.WorkingHours;
import io.kubevirt.cinotify.source.Delivery;
import io.kubevirt.cinotify.source.Journal.AppendResult;
import io.kubevirt.cinotify.source.webhook.HelpHandler;
import io.kubevirt.cinotify.source.webhook.HmacSecrets;
import io.kubevirt.cinotify.source.webhook.PluginHelp;
import io.kubevirt.cinotify.source.webhook.RequestBodies;
import io.kubevirt.cinotify.source.webhook.SignatureValidator;
import io.kubevirt.cinotify.source.webhook.WebhookHandler;
import io.kubevirt.cinotify.source.webhook.WebhookMetrics;
import io.kubevirt.cinotify.source.webhook.WebhookReceiver;
import io.kubevirt.cinotify.source.webhook.WebhookRouter;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
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
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Hook, the webhook receiver, the store, the incident engine, the comment processor and GitHub, with a clock of the test. Replies
 * are posted by the real channel once they are decided, without the outbox.
 */
final class CommentTestPlugin implements AutoCloseable {

    static final String REPOSITORY = "kubevirt/kubevirt";
    static final String HEAD = "2f6f8ac9e2a5b2fb1c22d1d8f6a3b9f5b7f0a1c3";
    static final int PULL = 14890;
    private static final String KEY = "abcde12345";

    final FakeGitHub github = new FakeGitHub();
    final EmbeddedStore database;
    /** All replies, posted or not. */
    final List<String> sentReplies = new ArrayList<>();

    final List<Notification> notifications = new ArrayList<>();
    Instant now = Examples.NOON;

    private final Vertx vertx = Vertx.vertx();
    private final ProwHook hook = ProwHook.signingWith(KEY, pause -> {});
    private final GitHubApi api;
    private final GitHubChannel channel;
    private final ConfigAgent settings;
    private final Path folder;
    /** The connection to Slack; null without one. */
    SlackApi slackApi;

    private final IncidentService incidents;
    private final CommentProcessor comments;
    private final CommentRelay relay;
    private final List<OutgoingMessage.TextMessage> outbox = new ArrayList<>();
    private final Map<String, String> roots = new HashMap<>();
    private long lastComment = 41;
    private long lastStatus;

    CommentTestPlugin(Path folder) throws IOException, InvalidConfigException {
        this(folder, address -> Path.of("config"));
    }

    /** With the configuration in a folder, which may depend on the address of GitHub. */
    CommentTestPlugin(Path folder, Function<URI, Path> config) throws IOException, InvalidConfigException {
        this.folder = folder;
        database = EmbeddedStore.in(folder);
        Path files = config.apply(github.address());
        Path jobs = files.resolve("jobs");
        settings = new ConfigAgent(new ConfigLoader(files, Files.exists(jobs) ? jobs : null), () -> now);
        GitHubServer server = settings.get().file().prow().gitHubServer();
        Path token = Files.writeString(folder.resolve("token"), "good-token");
        api = new GitHubApi(new GitHubClientOptions(
                server,
                server.equals(GitHubServer.PUBLIC) ? List.of(github.address()) : List.of(),
                new GitHubClientOptions.Identity.Token(token),
                false,
                Duration.ofMinutes(1),
                () -> now));
        channel = new GitHubChannel(
                api,
                new GitHubFormatter(
                        () -> {
                            throw new AssertionError("text messages need no template");
                        },
                        () -> {
                            throw new AssertionError("text messages need no view");
                        }),
                () -> GitHubConfig.DISABLED,
                repository -> Visibility.PUBLIC);
        incidents = new IncidentService(database.store(), settings, new Channels(List.of(new Recorder())), () -> now);
        comments = new CommentProcessor(
                database.store(), settings::get, incidents, CommentProcessor.GitHubClient.of(api), () -> now);
        relay = new CommentRelay(database.store(), settings, comments, () -> now);
        hook.register("kubevirt", new ExternalPlugin("ci-notify", open(), List.copyOf(CommentReader.EVENTS)));
        github.world().repository(REPOSITORY, "sig/network", "prow", "kind/bug");
        github.world().pull(REPOSITORY, PULL, "pr-author", HEAD);
        github.world().member("kubevirt", "trusted-person");
    }

    private URI open() {
        HmacSecrets secrets = HmacSecrets.parse(KEY.getBytes(StandardCharsets.UTF_8));
        WebhookReceiver reception = new WebhookReceiver(
                new SignatureValidator(() -> secrets), CommentReader.EVENTS, this::accept, () -> now);
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RequestBodies bodies = RequestBodies.ofThisProcess(() -> now);
        WebhookHandler webhooks =
                new WebhookHandler(reception, new WebhookMetrics(meters, CommentReader.EVENTS), 1_000_000, bodies);
        Router router = Router.router(vertx);
        new WebhookRouter(
                        webhooks,
                        new HelpHandler(
                                () -> PluginHelp.standard(List.of(), "Dry run.", WebhookRoutes.helpCommands()), bodies))
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

    private AppendResult accept(Delivery delivery) {
        return database.store().inTransaction(transaction -> transaction
                        .deliveries()
                        .insert(new JournalEntry(
                                delivery.id(), delivery.event(), delivery.receivedAt(), delivery.body(), 0)))
                ? AppendResult.APPENDED
                : AppendResult.DUPLICATE;
    }

    /** Stands for all channels: keeps what a decision adds to the outbox. */
    private final class Recorder implements Channel {

        @Override
        public String name() {
            return "recorder";
        }

        @Override
        public ChannelCapabilities capabilities() {
            return new ChannelCapabilities(true, true, true);
        }

        @Override
        public Audience audience(String destination) {
            return Audience.PRIVATE;
        }

        @Override
        public List<String> destinations(OutgoingMessage message) {
            switch (message) {
                case OutgoingMessage.IncidentMessage incident -> {
                    // Asked again as if it were the first one of its incident.
                    if (notifications.stream().noneMatch(known -> known.id().equals(incident.id()))) {
                        notifications.add(incident.notification());
                    }
                }
                case OutgoingMessage.TextMessage reply -> outbox.add(reply);
            }
            return List.of();
        }

        @Override
        public SendResult post(AddressedMessage message) {
            throw new AssertionError("not sent from the outbox");
        }

        @Override
        public SendResult edit(AddressedMessage message, String root) {
            return post(message);
        }

        @Override
        public SendResult reply(AddressedMessage message, String root) {
            return post(message);
        }

        @Override
        public LookupResult findRoot(AddressedMessage message) {
            throw new AssertionError("not sent from the outbox");
        }

        @Override
        public LookupResult findReply(AddressedMessage message, String root) {
            return findRoot(message);
        }
    }

    /** Connects a workspace in which these people have an id; returns what stores its payloads. */
    SlackReceiver connect(FakeSlack slack, MemberOverride... people) throws IOException {
        SlackConfig.Buttons buttons = new SlackConfig.Buttons("app-token", null, null);
        SlackConfig config = new SlackConfig("ci-alerts", null, null, null, null, buttons);
        MemberOverrides overlay = new MemberOverrides("ci-notify.yaml", WorkingHours.OFFICE, List.of(people));
        slackApi = new SlackApi(
                slack.endpoint(),
                new SecretFile(Files.writeString(folder.resolve("slack-token"), FakeSlack.TOKEN)),
                Duration.ofMinutes(1));
        comments.answerSlackWith(new SlackResponder(
                slackApi,
                () -> new SlackContext(
                        config,
                        settings.get().roster(),
                        overlay,
                        settings.get().sigs(),
                        settings.get().jobs())));
        return new SlackReceiver(this::accept, () -> now, buttons.snooze());
    }

    /** Somebody comments on the pull request; everything that follows is done. Returns the delivery. */
    String writes(String author, String body) {
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

    /** A status event arrives and is decided. */
    void receives(StatusPayload payload) {
        database.store().inTransaction(transaction -> transaction
                .deliveries()
                .insert(new JournalEntry("status " + ++lastStatus, "status", now, payload.bytes(), 0)));
        new DeliveryProcessor(database.store(), settings, incidents, () -> now).processAll();
    }

    /** Time passes. */
    void elapse(Duration time) {
        now = now.plus(time);
        incidents.tick();
    }

    /** Reads from GitHub what hook did not deliver. */
    CommentSync sync(BooleanSupplier hasGap) {
        return new CommentSync(database.store(), incidents, hasGap, Optional.of(new GitHubComments(api)), () -> now);
    }

    void redeliver(String delivery) {
        hook.redeliver(delivery);
        work();
    }

    /** What the threads of the program do in turn. */
    void work() {
        prepareOnly();
        decide();
        comments.prepareAll();
    }

    void prepareOnly() {
        relay.relayAll();
        comments.prepareAll();
    }

    void decide() {
        comments.decideAll();
        for (OutgoingMessage.TextMessage message : outbox) {
            AddressedMessage addressed = new AddressedMessage(GitHubChannel.NAME, message.destination(), message);
            String root = roots.get(message.thread());
            SendResult receipt = root == null ? channel.post(addressed) : channel.edit(addressed, root);
            if (receipt instanceof SendResult.Sent(String reference)) {
                roots.put(message.thread(), reference);
            }
            sentReplies.add(message.markdown());
        }
        outbox.clear();
    }

    /** What a message about an incident looks like on Slack. */
    String slackText(Notification notification) {
        Config current = settings.get();
        return current.templates()
                .of(TemplateSet.SLACK)
                .render(
                        TemplateSet.root(notification.kind()),
                        current.messageViews().create(notification));
    }

    /** The plugin help that hook passes to deck. */
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
        return incidents.decide(IncidentUnitOfWork::incidents);
    }

    String outcome(String delivery) {
        StoredOutcomes.Entry entry = database.outcomes().entry(delivery);
        return String.valueOf(entry.reason() == null ? entry.outcome() : entry.reason());
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        api.close();
        github.close();
    }
}
