// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.CommandConfig;
import io.kubevirt.cinotify.command.CommandEnvironment;
import io.kubevirt.cinotify.command.Permissions;
import io.kubevirt.cinotify.command.TargetResolver;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.engine.VisibilityResolver;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.notify.RecipientResolver;
import io.kubevirt.cinotify.notify.template.GitHubMarkdown;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.LastNotified;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.routing.SigNames;
import io.kubevirt.cinotify.store.Store;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What commands may use, for the readers of their answers. */
record CommandEnvironments(Store store) {
    CommandEnvironment onGitHub(Config config, Repository here) {
        return of(config, visibility -> visibility.readersOf(here), new GitHubMarkdown());
    }

    CommandEnvironment of(Config config, Function<VisibilityResolver, Audience> readers, Markup markup) {
        JobConfig jobs = store.read(transaction -> {
            VisibilityResolver visibility = new VisibilityResolver(config, transaction);
            return visibility.jobs(readers.apply(visibility));
        });
        SigNames names = new SigNames(
                config.sigs().sigs().stream().map(Sig::shortName).collect(Collectors.toSet()),
                config.file().routing().sigAliases());
        CommandConfig commands = config.file().commands();
        return new CommandEnvironment(
                new TargetResolver(Set.copyOf(config.file().areas().keySet()), config.sigs(), names, jobs),
                new Permissions(config.roster(), config.sigs(), config.aliases()),
                new RecipientResolver(config.roster(), config.sigs(), LastNotified.never()),
                config.diagnoser(),
                config.runUrls(),
                config.file().routing().fallback().area(),
                new CommandEnvironment.Limits(
                        commands.callsPerPersonOrDefault(),
                        commands.callsPerConversationOrDefault(),
                        commands.answersPerPersonOrDefault()),
                markup);
    }
}
