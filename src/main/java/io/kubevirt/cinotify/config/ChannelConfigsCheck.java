// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds what can be known to be wrong with a channel, an address or a name without asking anybody. */
final class ChannelConfigsCheck {

    /** Slack's ids, or its names: any script, but nothing in capitals, no spaces and no dots. */
    private static final Pattern SLACK_CHANNEL =
            Pattern.compile("[CG][A-Z0-9]{8,}|[\\p{Ll}\\p{Lo}\\p{M}\\p{N}_-]{1,80}");

    private static final Pattern JIRA_PROJECT = Pattern.compile("[A-Z][A-Z0-9_]*");

    /** Instead of an address that is none; nothing is ever sent there, since the settings are refused. */
    private static final URI NOWHERE = URI.create("http://invalid");

    private final YamlDocument yaml;
    private final ConfigFile file;
    private final @Nullable Set<String> sigs;
    private final List<ConfigProblem> problems = new ArrayList<>();

    ChannelConfigsCheck(YamlDocument yaml, ConfigFile file, @Nullable SigDirectory sigs) {
        this.yaml = yaml;
        this.file = file;
        this.sigs = sigs == null ? null : RoutingReader.sigNames(sigs);
    }

    /** @throws InvalidConfigException with all that was found */
    void throwIfAny() throws InvalidConfigException {
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
    }

    void area(String area, Object... at) {
        known(area, "an area", file.areas().keySet(), at);
    }

    void sig(String sig, Object... at) {
        if (sigs != null) {
            known(sig, "a SIG of " + file.roster().sigs(), sigs, at);
        }
    }

    void slackChannel(String channel, Object... at) {
        if (channel.startsWith("#")) {
            report("\"" + channel + "\" is no name of a Slack channel", "write it without #, and in quotes", at);
        } else if (!SLACK_CHANNEL.matches(channel)) {
            report(
                    "\"" + channel + "\" is no name of a Slack channel",
                    "write it in lower case without spaces and dots, or give the channel's id",
                    at);
        }
    }

    void jiraProject(String project, Object... at) {
        if (!JIRA_PROJECT.matches(project)) {
            report(
                    "\"" + project + "\" is no key of a Jira project",
                    "write what stands before the dash in the keys of its issues, such as CI",
                    at);
        }
    }

    void positive(Duration time, Object... at) {
        if (!time.isPositive()) {
            report("the time is not above zero", "write it as 4h", at);
        }
    }

    URI address(String text, Object... at) {
        try {
            URI address = new URI(text);
            boolean isWeb =
                    "https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme());
            if (isWeb && address.getHost() != null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        report("\"" + text + "\" is no address", "write it with https://", at);
        return NOWHERE;
    }

    private void known(String word, String kind, Collection<String> words, Object... at) {
        KnownNames.problemIfUnknown(yaml, word, kind, words, at).ifPresent(problems::add);
    }

    private void report(String problem, String mend, Object... at) {
        problems.add(yaml.problem(JsonPointers.of(at), problem, mend));
    }
}
