// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.options.AtOption;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.roster.RosterProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gaps, drift and doubts. They are worth knowing but keep nothing from working, so the command ends with 0. */
@Command(
        name = "check",
        description = "Gaps over a week, drift against OWNERS_ALIASES, unknown handles, fixed offsets.",
        mixinStandardHelpOptions = true)
final class RosterCheckCommand implements Callable<Integer> {

    @Mixin
    ConfigOptions config;

    @Mixin
    OutputOptions output;

    @Mixin
    AtOption at;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        Config settings = config.load();
        String alias = settings.file().roster().membersAlias();
        RosterCheck check = new RosterCheck(
                settings.roster(),
                settings.memberOverrides(),
                settings.sigs(),
                settings.aliases(),
                alias == null ? List.of() : List.of(alias));
        PrintWriter out = spec.commandLine().getOut();
        for (RosterProblem finding : check.problems(at.instant())) {
            out.println(output.isJson() ? OutputOptions.json(finding) : finding);
        }
        return 0;
    }
}
