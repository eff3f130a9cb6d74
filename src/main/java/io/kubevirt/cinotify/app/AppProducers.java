// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.engine.ArtifactFetcher;
import io.kubevirt.cinotify.engine.ArtifactLocator;
import io.kubevirt.cinotify.engine.DiagnosisListener;
import io.kubevirt.cinotify.engine.IncidentService;
import io.kubevirt.cinotify.engine.comment.CommentContextAdapter;
import io.kubevirt.cinotify.engine.comment.CommentProcessor;
import io.kubevirt.cinotify.engine.comment.GitHubClient;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.metrics.DiagnosisMetrics;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.IncidentActionSink;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.notify.github.GitHubChannel;
import io.kubevirt.cinotify.notify.github.GitHubFormatter;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.source.webhook.HmacSecretAgent;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.Store;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Puts the parts together that know nothing of the framework. */
@Dependent
public class AppProducers {

    @Produces
    @Singleton
    InstantSource clock(ServeConfig deployment) {
        return SystemClock.withOffset(deployment.clockOffset());
    }

    @Produces
    @Singleton
    Database database(ServeConfig deployment) throws InvalidConfigException {
        Optional<String> address = deployment.databaseUrl();
        return address.isPresent()
                ? Database.postgresql(DatabaseAddress.parse(
                        address.get(), deployment.databasePasswordFile().orElse(null)))
                : Database.embedded(deployment.dataDir(), deployment.storeBusyTimeout());
    }

    void close(@Disposes Database database) {
        database.close();
    }

    @Produces
    @Singleton
    Store store(Database database) {
        return database.store();
    }

    @Produces
    @Singleton
    Inbox inbox(Database database) {
        return database.inbox();
    }

    @Produces
    @Singleton
    HmacSecretAgent hmacFile(ServeConfig deployment, InstantSource clock) throws InvalidConfigException {
        return deployment.webhooksRequired()
                ? HmacSecretAgent.open(deployment.hmacSecretFile(), clock)
                : HmacSecretAgent.openOptional(deployment.hmacSecretFile(), clock);
    }

    @Produces
    @Singleton
    ConfigAgent configAgent(ServeConfig deployment, InstantSource clock) throws InvalidConfigException {
        return new ConfigAgent(
                new ConfigLoader(
                        deployment.configDir(), deployment.jobConfigPath().orElse(null)),
                clock);
    }

    @Produces
    @Singleton
    GitHubConnection github(ServeConfig serveConfig, InstantSource clock) {
        GitHubClientOptions.Identity identity = GitHubClientOptions.identity(
                serveConfig.githubAppId().orElse(null),
                serveConfig.githubAppPrivateKeyPath().orElse(null),
                serveConfig.githubTokenPath().orElse(null));
        return identity == null
                ? GitHubConnection.none()
                : GitHubConnection.of(new GitHubApi(new GitHubClientOptions(
                        serveConfig.githubEndpoints().orElse(List.of()),
                        identity,
                        serveConfig.dryRun(),
                        GitHubClientOptions.TIMEOUT,
                        clock)));
    }

    void close(@Disposes GitHubConnection github) {
        github.close();
    }

    @Produces
    @Singleton
    ConsoleChannel console(ServeConfig deployment, InstantSource clock) {
        // Not System.out: it swallows what goes wrong, and its letters depend on the locale of the container.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        return deployment.logFormat().equals("json")
                ? new ConsoleChannel(out, new JsonMessageFormatter(clock))
                : new ConsoleChannel(out);
    }

    @Produces
    @Singleton
    ChannelFactory channelFactory(
            ServeConfig deployment, ConfigAgent settings, InstantSource clock, Instance<IncidentActionSink> requests) {
        return ChannelFactory.of(deployment, settings, clock, requests.isResolvable() ? requests.get() : null);
    }

    void close(@Disposes ChannelFactory targets) {
        targets.close();
    }

    @Produces
    @Singleton
    Channels channels(
            ConsoleChannel console, GitHubConnection github, ChannelFactory channelFactory, ConfigAgent configAgent) {
        List<Channel> channels = new ArrayList<>(List.of(console));
        github.api().map(api -> gitHubChannel(api, configAgent)).ifPresent(channels::add);
        channels.addAll(channelFactory.channels());
        return new Channels(channels);
    }

    private static GitHubChannel gitHubChannel(GitHubApi api, ConfigAgent configAgent) {
        GitHubFormatter formatter = new GitHubFormatter(
                () -> configAgent.get().templates().of(TemplateSet.GITHUB),
                () -> configAgent.get().messageViews());
        return new GitHubChannel(api, formatter, () -> configAgent.get().github());
    }

    @Produces
    @Singleton
    ArtifactFetcher artifactFetcher(
            Store store,
            ConfigAgent settings,
            ServeConfig deployment,
            DiagnosisListener learning,
            InstantSource clock) {
        ObjectStoreEndpoint override =
                deployment.artifactsEndpoint().map(ObjectStoreEndpoint::new).orElse(null);
        ArtifactLocator places = new ArtifactLocator(settings.get(), override, null, clock);
        return new ArtifactFetcher(store, settings, places, learning, clock);
    }

    @Produces
    @Singleton
    public DiagnosisListener diagnosisListener(IncidentService desk) {
        return work -> desk.<Optional<DiagnosisListener.DiagnosisUpdate>>decide(sitting -> {
                    Optional<DiagnosisListener.DiagnosisUpdate> learned = work.apply(sitting.transaction());
                    learned.ifPresent(lesson -> sitting.process(DiagnosisListener.events(lesson, sitting)));
                    return learned;
                })
                .map(DiagnosisListener.DiagnosisUpdate::diagnosis)
                .ifPresent(DiagnosisMetrics::countArtifacts);
    }

    @Produces
    @Singleton
    CommentProcessor commentProcessor(
            Store store, ConfigAgent settings, IncidentService desk, GitHubConnection github, InstantSource clock) {
        return new CommentProcessor(
                store,
                settings::get,
                work -> desk.decide(sitting -> work.apply(new CommentContextAdapter(sitting))),
                github.api().map(GitHubClient::of).orElse(null),
                clock);
    }
}
