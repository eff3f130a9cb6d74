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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.app.answers.AnswerComments;
import io.kubevirt.cinotify.app.answers.GitHubSide;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.evidence.StoreAddress;
import io.kubevirt.cinotify.intake.hook.HmacFile;
import io.kubevirt.cinotify.notice.Channel;
import io.kubevirt.cinotify.notice.Channels;
import io.kubevirt.cinotify.notice.Requests;
import io.kubevirt.cinotify.notice.console.ConsoleChannel;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import io.kubevirt.cinotify.store.Inbox;
import io.kubevirt.cinotify.store.Store;
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
public class Beans {

    @Produces
    @Singleton
    InstantSource clock(Deployment deployment) {
        return SystemClock.ahead(deployment.clockOffset());
    }

    @Produces
    @Singleton
    Database database(Deployment deployment) throws InvalidDocument {
        Optional<String> address = deployment.databaseUrl();
        return address.isPresent()
                ? Database.postgresql(DatabaseAddress.parse(
                        address.get(), deployment.databasePasswordFile().orElse(null)))
                : Database.embedded(deployment.dataDir(), deployment.storePatience());
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
    HmacFile hmacFile(Deployment deployment, InstantSource clock) throws InvalidDocument {
        return deployment.webhooksRequired()
                ? HmacFile.open(deployment.hmacSecretFile(), clock)
                : HmacFile.await(deployment.hmacSecretFile(), clock);
    }

    @Produces
    @Singleton
    LiveSettings settings(Deployment deployment, InstantSource clock) throws InvalidDocument {
        return new LiveSettings(
                new SettingsLoader(
                        deployment.configDir(), deployment.jobConfigPath().orElse(null)),
                clock);
    }

    @Produces
    @Singleton
    GracePeriod gracePeriod(Deployment deployment) {
        return new GracePeriod(deployment.gracePeriod());
    }

    @Produces
    @Singleton
    OpenGitHub github(Deployment deployment, LiveSettings settings, InstantSource clock) {
        return OpenGitHub.of(deployment, settings, clock);
    }

    void close(@Disposes OpenGitHub github) {
        github.close();
    }

    @Produces
    @Singleton
    ConsoleChannel console(Deployment deployment, InstantSource clock) {
        // Not System.out: it swallows what goes wrong, and its letters depend on the locale of the container.
        FileOutputStream out = new FileOutputStream(FileDescriptor.out);
        return deployment.logFormat().equals("json")
                ? new ConsoleChannel(out, new NoticeLine(clock))
                : new ConsoleChannel(out);
    }

    @Produces
    @Singleton
    OpenTargets targets(
            Deployment deployment, LiveSettings settings, InstantSource clock, Instance<Requests> requests) {
        return OpenTargets.of(deployment, settings, clock, requests.isResolvable() ? requests.get() : null);
    }

    void close(@Disposes OpenTargets targets) {
        targets.close();
    }

    @Produces
    @Singleton
    Channels channels(ConsoleChannel console, OpenGitHub github, OpenTargets targets) {
        List<Channel> open = new ArrayList<>(List.of(console));
        github.channel().ifPresent(open::add);
        open.addAll(targets.channels());
        return new Channels(open);
    }

    @Produces
    @Singleton
    FetchEvidence evidence(
            Store store, LiveSettings settings, Deployment deployment, Learning learning, InstantSource clock) {
        StoreAddress override =
                deployment.artifactsEndpoint().map(StoreAddress::new).orElse(null);
        ArtifactPlaces places = new ArtifactPlaces(settings.get(), override, null, clock);
        return new FetchEvidence(store, settings, places, learning, clock);
    }

    @Produces
    @Singleton
    Learning learning(IncidentDesk desk) {
        return work -> desk.<Optional<Learning.Lesson>>decide(sitting -> {
                    Optional<Learning.Lesson> learned = work.apply(sitting.transaction());
                    learned.ifPresent(lesson -> sitting.take(Learning.inputs(lesson, sitting)));
                    return learned;
                })
                .map(Learning.Lesson::diagnosis)
                .ifPresent(DiagnosisCounter::learned);
    }

    @Produces
    @Singleton
    AnswerComments comments(
            Store store, LiveSettings settings, IncidentDesk desk, OpenGitHub github, InstantSource clock) {
        return new AnswerComments(
                store,
                settings::get,
                work -> desk.decide(sitting -> work.apply(new DeskSurroundings(sitting))),
                github.api().map(GitHubSide::of).orElse(null),
                clock);
    }
}
