// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigFile;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.notify.Channel;
import io.kubevirt.cinotify.notify.ChannelContext;
import io.kubevirt.cinotify.notify.DryRunChannel;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.notify.slack.ActionButtons;
import io.kubevirt.cinotify.notify.slack.SlackApi;
import io.kubevirt.cinotify.notify.slack.SlackChannel;
import io.kubevirt.cinotify.notify.slack.SlackConfig;
import io.kubevirt.cinotify.notify.slack.SlackContext;
import io.kubevirt.cinotify.notify.slack.SlackFormatter;
import io.kubevirt.cinotify.notify.slack.SlackReceiver;
import io.kubevirt.cinotify.notify.slack.SlackResponder;
import io.kubevirt.cinotify.notify.slack.SlackScopes;
import io.kubevirt.cinotify.notify.slack.SlackSocket;
import io.kubevirt.cinotify.notify.template.TemplateSet;
import io.kubevirt.cinotify.notify.template.Templates;
import io.kubevirt.cinotify.source.Journal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates the channels of the configuration, as it is at the start. */
public final class ChannelFactory implements AutoCloseable {
    /** Sending a message takes several requests and must end within a minute. */
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

    private final BoundedHttpClient httpClient = new BoundedHttpClient(REQUEST_TIMEOUT);
    private final List<Channel> channels = new ArrayList<>();
    private final ServeConfig serveConfig;
    private final ConfigAgent configAgent;
    private final InstantSource clock;
    private final Journal journal;
    private @Nullable SlackApi slack;
    private @Nullable SlackSocket socket;
    private @Nullable SlackHttp http;
    private @Nullable SlackResponder responder;

    /** What Slack's signed HTTP requests need. */
    record SlackHttp(SecretFile secrets, SlackReceiver receiver) {}

    /** @param journal takes what people do on Slack */
    ChannelFactory(ServeConfig serveConfig, ConfigAgent configAgent, InstantSource clock, Journal journal) {
        this.journal = journal;
        this.serveConfig = serveConfig;
        this.configAgent = configAgent;
        this.clock = clock;
        ConfigFile config = configAgent.get().file();
        if (serveConfig.slackTokenFile().isPresent() && config.slack() != null) {
            addSlack(serveConfig.slackTokenFile().get(), config.slack());
        }
        ChannelContext context = new ChannelContext(
                httpClient,
                serveConfig.configDir(),
                set -> configAgent.get().templates().of(set),
                () -> configAgent.get().links(),
                () -> configAgent.get().file().channels());
        config.channels().forEach(block -> add(block.open(context)));
    }

    private void addSlack(Path tokenFile, SlackConfig initial) {
        SlackApi api = new SlackApi(serveConfig.slackEndpoint(), new SecretFile(tokenFile), REQUEST_TIMEOUT);
        slack = api;
        Supplier<SlackContext> context = () -> slackContext(configAgent.get(), initial);
        Supplier<Templates> templates = () -> configAgent.get().templates().of(TemplateSet.SLACK);
        SlackConfig.Buttons buttons = initial.buttons();
        ActionButtons row = buttons == null ? null : new ActionButtons(buttons.snooze());
        SlackFormatter formatter =
                new SlackFormatter(templates, () -> configAgent.get().links(), context, row);
        add(new SlackChannel(api, context, formatter));
        if (buttons != null && !serveConfig.dryRun()) {
            openButtons(buttons, api, context);
        }
    }

    private void openButtons(SlackConfig.Buttons buttons, SlackApi api, Supplier<SlackContext> context) {
        SlackReceiver receiver = new SlackReceiver(journal, clock, buttons.snooze());
        responder = new SlackResponder(api, context);
        if (buttons.appTokenFile() != null) {
            socket = new SlackSocket(
                    api, new SecretFile(serveConfig.configDir().resolve(buttons.appTokenFile())), receiver);
        }
        if (buttons.signingSecretFile() != null) {
            http = new SlackHttp(
                    new SecretFile(serveConfig.configDir().resolve(buttons.signingSecretFile())), receiver);
        }
    }

    private static SlackContext slackContext(Config config, SlackConfig initial) {
        return new SlackContext(
                config.file().slack() == null ? initial : config.file().slack(),
                config.roster(),
                config.memberOverrides(),
                config.sigs(),
                config.jobs());
    }

    private void add(Channel channel) {
        channels.add(
                serveConfig.dryRun()
                        ? new DryRunChannel(channel, () -> configAgent.get().destinations())
                        : channel);
    }

    public List<Channel> channels() {
        return List.copyOf(channels);
    }

    /** The socket that receives clicks on Slack's buttons; empty if there are no buttons. */
    public Optional<SlackSocket> socket() {
        return Optional.ofNullable(socket);
    }

    /**
     * What the token of Slack lacks.
     *
     * @throws SendException if Slack refuses the token or does not answer
     */
    public List<String> missingSlackScopes() throws SendException {
        return slack == null ? List.of() : SlackScopes.missing(slack);
    }

    /** Empty if Slack sends nothing over HTTP. */
    Optional<SlackHttp> slackHttp() {
        return Optional.ofNullable(http);
    }

    /** Answers people on Slack; empty if there are no buttons. */
    Optional<SlackResponder> slackResponder() {
        return Optional.ofNullable(responder);
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
        httpClient.close();
    }
}
