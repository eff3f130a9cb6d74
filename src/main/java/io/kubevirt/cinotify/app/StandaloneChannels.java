// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.SendException;
import io.kubevirt.cinotify.source.Journal;
import io.kubevirt.cinotify.source.JournalUnavailableException;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The channels that {@code serve} would open with the same options, for a command. */
public final class StandaloneChannels implements AutoCloseable {
    private static final Journal NONE = delivery -> {
        throw new JournalUnavailableException("a command stores nothing", new IOException());
    };

    private final ChannelFactory factory;
    private final GitHubConnection github;
    private final Channels channels;

    private StandaloneChannels(ChannelFactory factory, GitHubConnection github, Channels channels) {
        this.factory = factory;
        this.github = github;
        this.channels = channels;
    }

    /** @param options of {@code serve}, without the dashes */
    public static StandaloneChannels open(Map<String, String> options) throws InvalidConfigException {
        ServeConfig serveConfig = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(ServeConfig.class)
                .withSources(new PropertiesConfigSource(
                        options.entrySet().stream()
                                .collect(Collectors.toMap(
                                        option -> "ci-notify." + option.getKey(), Map.Entry::getValue)),
                        "options",
                        1))
                .build()
                .getConfigMapping(ServeConfig.class);
        AppProducers producers = new AppProducers(SystemClock.INSTANCE);
        ConfigAgent config = producers.configAgent(serveConfig);
        GitHubConnection github = producers.github(serveConfig, config);
        ChannelFactory factory = new ChannelFactory(serveConfig, config, SystemClock.INSTANCE, NONE);
        Channels channels = producers.channels(producers.console(serveConfig, config), github, factory, config);
        return new StandaloneChannels(factory, github, channels);
    }

    public Channels channels() {
        return channels;
    }

    /**
     * What the token of Slack lacks.
     *
     * @throws SendException if Slack refuses the token or does not answer
     */
    public List<String> missingSlackScopes() throws SendException {
        return factory.missingSlackScopes();
    }

    @Override
    public void close() {
        factory.close();
        github.close();
    }
}
