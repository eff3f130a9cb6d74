// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.config.CompletenessCheck;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.ArtifactFetcher;
import io.kubevirt.cinotify.engine.ArtifactLocator;
import io.kubevirt.cinotify.engine.DiagnosisListener;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.engine.RosterFetcher;
import io.kubevirt.cinotify.engine.comment.CommentProcessor;
import io.kubevirt.cinotify.engine.comment.CommentProcessor.GitHubClient;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.github.GitHubFormatter;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.prow.GitHubServer;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.webhook.HmacSecretAgent;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.store.StoreClock;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.URI;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** CDI producers for the parts that do not depend on the framework. */
@Dependent
public class AppProducers {
    private static final Logger LOG = Logger.getLogger(AppProducers.class);

    /** The folder of the data directory with copies of calendars, teams and aliases. */
    private static final String CALENDARS = "calendars";

    private static volatile @Nullable Database openDatabase;
    private final InstantSource clock;

    AppProducers(InstantSource clock) {
        this.clock = clock;
    }

    /** The database that {@code serve} opened before the framework starts, instead of one of its own. */
    public static void useDatabase(Database database) {
        openDatabase = database;
    }

    @Produces
    @Singleton
    @Typed(StoreClock.class)
    static StoreClock storeClock(ServeConfig serveConfig, Store store) {
        StoreClock clock = new StoreClock(SystemClock.withOffset(serveConfig.clockOffset()), store);
        clock.synchronize();
        return clock;
    }

    @Produces
    @Singleton
    static InstantSource clock(ServeConfig serveConfig, StoreClock storeClock) {
        return SystemClock.withOffset(storeClock, serveConfig.clockAdvance());
    }

    @Produces
    @Singleton
    static Database database(ServeConfig serveConfig) throws InvalidConfigException {
        Database open = openDatabase;
        if (open != null) {
            return open;
        }
        Optional<String> url = serveConfig.databaseUrl();
        return url.isPresent()
                ? Database.postgresql(DatabaseAddress.parse(
                        url.get(), serveConfig.databasePasswordFile().orElse(null)))
                : Database.embedded(serveConfig.dataDir(), serveConfig.storeBusyTimeout());
    }

    static void close(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    static Store store(Database database) {
        return database.store();
    }

    @Produces
    @Singleton
    Inbox inbox(Database database) {
        return database.inbox();
    }

    @Produces
    @Singleton
    HmacSecretAgent hmacFile(ServeConfig serveConfig) throws InvalidConfigException {
        return serveConfig.webhooksRequired()
                ? HmacSecretAgent.open(serveConfig.hmacSecretFile(), clock)
                : HmacSecretAgent.openOptional(serveConfig.hmacSecretFile(), clock);
    }

    @Produces
    @Singleton
    ConfigAgent configAgent(ServeConfig serveConfig) throws InvalidConfigException {
        if (serveConfig.jobConfigPath().isEmpty()) {
            LOG.warn(ConfigLoader.WITHOUT_JOBS);
        }
        ConfigAgent agent = new ConfigAgent(
                new ConfigLoader(
                                serveConfig.configDir(),
                                serveConfig.jobConfigPath().orElse(null),
                                serveConfig.configFile().orElse(null),
                                serveConfig.decks().orElse(List.of()).stream()
                                        .map(deck -> deck.getScheme() + "://" + deck.getAuthority())
                                        .toList(),
                                serveConfig.boardUrl().orElse(null))
                        .withCalendars(serveConfig.dataDir().resolve(CALENDARS)),
                clock);
        new CompletenessCheck(serveConfig.configDir(), agent.get()).errors().forEach(problem -> LOG.warn(problem));
        return agent;
    }

    @Produces
    @Singleton
    RosterFetcher roster(ServeConfig serveConfig, GitHubConnection github) {
        return new RosterFetcher(serveConfig.dataDir().resolve(CALENDARS), github, clock);
    }

    void close(@Disposes RosterFetcher roster) {
        roster.close();
    }

    @Produces
    @Singleton
    GitHubConnection github(ServeConfig serveConfig, ConfigAgent configAgent) {
        GitHubServer server = configAgent.get().file().prow().gitHubServer();
        List<URI> endpoints = serveConfig.githubEndpoints().orElse(List.of());
        endpoints.forEach(endpoint -> warnOfOtherServer(endpoint, server));
        GitHubClientOptions.Identity identity = GitHubClientOptions.identity(
                serveConfig.githubAppId().orElse(null),
                serveConfig.githubAppPrivateKeyPath().orElse(null),
                serveConfig.githubTokenPath().orElse(null));
        return identity == null
                ? GitHubConnection.none()
                : GitHubConnection.of(new GitHubApi(new GitHubClientOptions(
                        server, endpoints, identity, serveConfig.dryRun(), GitHubClientOptions.TIMEOUT, clock)));
    }

    /** Only a warning: the endpoint may be a proxy. */
    private static void warnOfOtherServer(URI endpoint, GitHubServer server) {
        GitHubServer.ofApi(endpoint.toString())
                .filter(other -> !other.equals(server))
                .ifPresent(other -> LOG.warnf(
                        "--github-endpoint %s is the API of %s, but links and profiles are those of %s: set prow.github to"
                                + " %s unless the endpoint is a proxy",
                        endpoint, other.url(), server.url(), other.url()));
    }

    void close(@Disposes GitHubConnection github) {
        github.close();
    }

    @Produces
    @Singleton
    ConsoleChannel console(ServeConfig serveConfig, ConfigAgent configAgent) {
        // Not System.out: it swallows errors, and its encoding depends on the locale of the container.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        boolean json = serveConfig.logFormat().equals("json");
        boolean terminal = !json && System.console() != null;
        return new ConsoleChannel(
                out,
                json ? JsonLogFormatter.forConsole(clock) : UnaryOperator.identity(),
                () -> configAgent.get().messageViews(),
                terminal ? ZoneId.systemDefault() : ZoneId.of("UTC"));
    }

    @Produces
    @Singleton
    ChannelFactory channelFactory(ServeConfig serveConfig, ConfigAgent configAgent, Journal journal) {
        return new ChannelFactory(serveConfig, configAgent, clock, journal);
    }

    @Produces
    @Singleton
    IncidentActionSink incidentActions(IncidentService incidentService) {
        return new IncidentActionSink() {
            @Override
            public Optional<String> submit(IncidentAction action) {
                return incidentService.perform(action);
            }

            @Override
            public Optional<String> add(DiagnosisFeedback feedback) {
                return incidentService.add(feedback);
            }
        };
    }

    void close(@Disposes ChannelFactory channelFactory) {
        channelFactory.close();
    }

    @Produces
    @Singleton
    Channels channels(
            ConsoleChannel console, GitHubConnection github, ChannelFactory channelFactory, ConfigAgent configAgent) {
        List<Channel> channels = new ArrayList<>(List.of(console));
        github.api().map(api -> gitHubChannel(api, configAgent)).ifPresent(channels::add);
        channels.addAll(channelFactory.channels());
        return new Channels(channels, () -> configAgent.get().destinations());
    }

    private static GitHubChannel gitHubChannel(GitHubApi api, ConfigAgent configAgent) {
        GitHubFormatter formatter = new GitHubFormatter(
                () -> configAgent.get().templates().of(TemplateSet.GITHUB),
                () -> configAgent.get().messageViews());
        return new GitHubChannel(api, formatter, () -> configAgent.get().github(), repository -> configAgent
                .get()
                .visibility(repository));
    }

    @Produces
    @Singleton
    ArtifactFetcher artifactFetcher(
            Store store, ConfigAgent configAgent, ServeConfig serveConfig, DiagnosisListener diagnosisListener) {
        ObjectStoreEndpoint override =
                serveConfig.artifactsEndpoint().map(ObjectStoreEndpoint::new).orElse(null);
        ArtifactLocator locator = new ArtifactLocator(configAgent.get(), override, null, clock);
        return new ArtifactFetcher(store, configAgent, locator, diagnosisListener, clock);
    }

    @Produces
    @Singleton
    DiagnosisListener diagnosisListener(IncidentService incidentService) {
        return DiagnosisListener.of(incidentService);
    }

    @Produces
    @Singleton
    CommentProcessor commentProcessor(
            Store store,
            ConfigAgent configAgent,
            IncidentService incidentService,
            GitHubConnection github,
            ChannelFactory channelFactory) {
        CommentProcessor comments = new CommentProcessor(
                store,
                configAgent::get,
                incidentService,
                github.api().map(GitHubClient::of).orElse(null),
                clock);
        channelFactory.slackResponder().ifPresent(comments::answerSlackWith);
        return comments;
    }
}
