// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.engine.comment.PluginHelpCommands;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.webhook.HelpHandler;
import io.kubevirt.cinotify.source.webhook.HmacSecretAgent;
import io.kubevirt.cinotify.source.webhook.InFlightLimit;
import io.kubevirt.cinotify.source.webhook.PluginHelp;
import io.kubevirt.cinotify.source.webhook.SignatureValidator;
import io.kubevirt.cinotify.source.webhook.WebhookHandler;
import io.kubevirt.cinotify.source.webhook.WebhookMetrics;
import io.kubevirt.cinotify.source.webhook.WebhookReceiver;
import io.kubevirt.cinotify.source.webhook.WebhookRouter;
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
public class WebhookRoutes {

    /** What is kept; other events are answered and counted. */
    private static final Set<String> EVENTS =
            Stream.concat(Stream.of("status"), CommentReader.EVENTS.stream()).collect(Collectors.toUnmodifiableSet());

    /** What GitHub sends at most, in bytes (prow-contract §12). */
    private static final long LARGEST_BODY = 25L * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(WebhookRoutes.class);

    private final ServeConfig deployment;
    private final HmacSecretAgent secrets;
    private final ConfigAgent configAgent;

    WebhookRoutes(ServeConfig deployment, HmacSecretAgent secrets, ConfigAgent settings) {
        this.deployment = deployment;
        this.secrets = secrets;
        this.configAgent = settings;
    }

    void mount(@Observes Router router, Journal journal, InstantSource clock, MeterRegistry meters) {
        WebhookReceiver reception = new WebhookReceiver(new SignatureValidator(secrets), EVENTS, journal, clock);
        WebhookHandler webhooks = new WebhookHandler(
                reception, new WebhookMetrics(meters, EVENTS), LARGEST_BODY, InFlightLimit.ofThisProcess());
        new WebhookRouter(Set.copyOf(deployment.endpoints()), webhooks, new HelpHandler(this::help)).mount(router);
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
        Config current = configAgent.get();
        return PluginHelp.standard(
                EVENTS,
                "Tells " + current.roster().members().size() + " members about the areas "
                        + String.join(", ", current.roster().areas()) + (deployment.dryRun() ? "; dry run." : "."),
                PluginHelpCommands.all());
    }
}
