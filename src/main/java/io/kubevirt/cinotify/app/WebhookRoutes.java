// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.command.CommandHelp;
import io.kubevirt.cinotify.command.CommentReader;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.metrics.BuildInfo;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.webhook.HelpHandler;
import io.kubevirt.cinotify.source.webhook.HmacSecretAgent;
import io.kubevirt.cinotify.source.webhook.PluginHelp;
import io.kubevirt.cinotify.source.webhook.RequestBodies;
import io.kubevirt.cinotify.source.webhook.SignatureValidator;
import io.kubevirt.cinotify.source.webhook.SlackHandler;
import io.kubevirt.cinotify.source.webhook.WebhookHandler;
import io.kubevirt.cinotify.source.webhook.WebhookMetrics;
import io.kubevirt.cinotify.source.webhook.WebhookReceiver;
import io.kubevirt.cinotify.source.webhook.WebhookRouter;
import io.kubevirt.cinotify.text.Plural;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

@ApplicationScoped
public class WebhookRoutes {
    /** The events that are stored; others are answered and counted. */
    private static final Set<String> EVENTS =
            Stream.concat(Stream.of("status"), CommentReader.EVENTS.stream()).collect(Collectors.toUnmodifiableSet());

    /** The largest payload that GitHub sends, in bytes (prow-contract §12). */
    private static final long LARGEST_BODY = 25L * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(WebhookRoutes.class);
    private final ServeConfig serveConfig;
    private final HmacSecretAgent secrets;
    private final ConfigAgent configAgent;
    private final InstantSource clock;
    private final RequestBodies bodies;

    WebhookRoutes(ServeConfig serveConfig, HmacSecretAgent secrets, ConfigAgent configAgent, InstantSource clock) {
        this.serveConfig = serveConfig;
        this.secrets = secrets;
        this.configAgent = configAgent;
        this.clock = clock;
        this.bodies = RequestBodies.ofThisProcess(clock);
    }

    void mount(@Observes Router router, Journal journal, ChannelFactory channelFactory, MeterRegistry registry) {
        WebhookReceiver receiver = new WebhookReceiver(new SignatureValidator(secrets), EVENTS, journal, clock);
        WebhookHandler webhooks =
                new WebhookHandler(receiver, new WebhookMetrics(registry, EVENTS), LARGEST_BODY, bodies);
        SlackHandler slack = channelFactory
                .slackHttp()
                .map(http -> new SlackHandler(http.secrets(), bodies, clock, http.receiver()::receive))
                .orElse(null);
        new WebhookRouter(webhooks, new HelpHandler(this::help, bodies), slack).mount(router);
        LOG.infof(
                "%s: listening for webhooks on port %d, health and metrics on port %d%s",
                BuildInfo.current(),
                serveConfig.port(),
                serveConfig.healthPort(),
                serveConfig.dryRun()
                        ? "; dry run: notifications are printed, not sent (set --dry-run=false to send them)"
                        : "");
        if (serveConfig.githubTokenPath().isEmpty() && serveConfig.githubAppId().isEmpty()) {
            LOG.warn("no GitHub credentials configured: /ci-notify commands are processed, but replies cannot be"
                    + " posted");
        }
    }

    /** Prow's components re-read their secrets each second (prow-contract §2). */
    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refreshSecrets() {
        secrets.refresh();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void expireBodies() {
        bodies.expire();
    }

    private PluginHelp help() {
        Config current = configAgent.get();
        return PluginHelp.standard(
                EVENTS,
                "Notifies " + Plural.of(current.roster().members().size(), "member") + " of CI failures in the areas "
                        + String.join(", ", current.roster().areas()) + (serveConfig.dryRun() ? "; dry run." : "."),
                helpCommands());
    }

    public static List<PluginHelp.Command> helpCommands() {
        return CommandHelp.entries().stream()
                .map(entry -> new PluginHelp.Command(
                        entry.usage(),
                        entry.featured(),
                        PluginHelp.escaped(entry.description()),
                        entry.examples(),
                        PluginHelp.escaped(entry.permission().grantedTo())))
                .toList();
    }
}
