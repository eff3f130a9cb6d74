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

import io.kubevirt.cinotify.app.answers.HelpCommands;
import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.intake.Journal;
import io.kubevirt.cinotify.intake.hook.BytesInFlight;
import io.kubevirt.cinotify.intake.hook.DeliveryCounter;
import io.kubevirt.cinotify.intake.hook.Door;
import io.kubevirt.cinotify.intake.hook.HelpHandler;
import io.kubevirt.cinotify.intake.hook.HmacFile;
import io.kubevirt.cinotify.intake.hook.PluginHelp;
import io.kubevirt.cinotify.intake.hook.Reception;
import io.kubevirt.cinotify.intake.hook.SignatureCheck;
import io.kubevirt.cinotify.intake.hook.WebhookHandler;
import io.kubevirt.cinotify.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Hangs the door for Prow's hook into the server. */
@ApplicationScoped
public class Webhooks {

    /** What is kept; other events are answered and counted. */
    private static final Set<String> EVENTS =
            Stream.concat(Stream.of("status"), CommentReader.EVENTS.stream()).collect(Collectors.toUnmodifiableSet());

    /** What GitHub sends at most, in bytes (prow-contract §12). */
    private static final long LARGEST_BODY = 25L * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(Webhooks.class);

    private final Deployment deployment;
    private final HmacFile secrets;
    private final LiveSettings settings;

    Webhooks(Deployment deployment, HmacFile secrets, LiveSettings settings) {
        this.deployment = deployment;
        this.secrets = secrets;
        this.settings = settings;
    }

    void mount(@Observes Router router, Journal journal, InstantSource clock, MeterRegistry meters) {
        Reception reception = new Reception(new SignatureCheck(secrets), EVENTS, journal, clock);
        WebhookHandler webhooks = new WebhookHandler(
                reception, new DeliveryCounter(meters, EVENTS), LARGEST_BODY, BytesInFlight.ofThisProcess());
        new Door(Set.copyOf(deployment.endpoints()), webhooks, new HelpHandler(this::help)).mount(router);
        LOG.infof(
                "takes webhooks at port %d, paths %s; health at port %d%s",
                deployment.port(),
                String.join(", ", deployment.endpoints()),
                deployment.healthPort(),
                deployment.dryRun() ? "; dry run: what would be said is shown, not said" : "");
        if (deployment.githubTokenPath().isEmpty() && deployment.githubAppId().isEmpty()) {
            LOG.warn(
                    "neither a GitHub token nor an App is given: commands in comments are heard, but answered nowhere");
        }
    }

    /** Prow's own components look at their secrets every second (prow-contract §2). */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refreshSecrets() {
        secrets.refresh();
    }

    private PluginHelp help() {
        Settings current = settings.get();
        return PluginHelp.standard(
                EVENTS,
                "Tells " + current.roster().members().size() + " members about the areas "
                        + String.join(", ", current.roster().areas()) + (deployment.dryRun() ? "; dry run." : "."),
                HelpCommands.all());
    }
}
