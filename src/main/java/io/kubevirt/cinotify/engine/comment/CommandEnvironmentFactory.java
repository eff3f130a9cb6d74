// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.CommandConfig;
import io.kubevirt.cinotify.command.CommandEnvironment;
import io.kubevirt.cinotify.command.Permissions;
import io.kubevirt.cinotify.command.TargetResolver;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.notify.RecipientResolver;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.roster.LastNotified;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.routing.SigNames;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the environment of commands from the configuration. */
final class CommandEnvironmentFactory {

    private CommandEnvironmentFactory() {}

    static CommandEnvironment of(Config settings) {
        Set<String> names = settings.sigs().sigs().stream().map(Sig::shortName).collect(Collectors.toSet());
        Map<String, String> aliases = settings.file().routing().sigAliases();
        CommandConfig commands = settings.file().commands();
        return new CommandEnvironment(
                new TargetResolver(
                        Set.copyOf(settings.file().areas().keySet()),
                        settings.sigs(),
                        new SigNames(names, aliases),
                        settings.jobs()),
                new Permissions(settings.roster(), settings.sigs(), settings.aliases()),
                new RecipientResolver(settings.roster(), settings.sigs(), LastNotified.never()),
                settings.diagnoser(),
                new RunUrlReader(settings.addresses()),
                settings.file().routing().fallback().area(),
                new CommandEnvironment.Limits(
                        commands.callsPerPersonOrDefault(),
                        commands.callsPerConversationOrDefault(),
                        commands.answersPerPersonOrDefault()),
                new GitHubMarkdown());
    }
}
