// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.options.AtOption;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.GitHubOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.engine.UnreadSource;
import io.kubevirt.cinotify.roster.DutyCalendar;
import io.kubevirt.cinotify.roster.Member;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.roster.RosterProblem;
import io.kubevirt.cinotify.web.api.DutyItem;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "roster",
        description = "Shows who is on duty, and checks the roster.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RosterCommand.ShowCommand.class,
            RosterCommand.CheckCommand.class,
            RosterCommand.CalendarCommand.class
        })
final class RosterCommand {
    @Command(
            name = "show",
            description = "Shows who is responsible for each area, and who is next.",
            mixinStandardHelpOptions = true)
    static final class ShowCommand implements Callable<Integer> {
        @Mixin
        ConfigOptions config;

        @Mixin
        GitHubOptions github;

        @Mixin
        OutputOptions output;

        @Mixin
        AtOption at;

        @Option(names = "--area", paramLabel = "AREA", description = "Only this area.")
        private @Nullable String area;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            Instant instant = at.instant();
            Roster roster = config.loadWithRoster(
                            github, () -> instant, spec.commandLine().getErr()::println)
                    .roster();
            PrintWriter out = spec.commandLine().getOut();
            for (String shown : areas(roster)) {
                DutyItem row = DutyItem.of(roster, shown, instant);
                out.println(output.isJson() ? OutputOptions.json(row) : row.text());
            }
            return 0;
        }

        private List<String> areas(Roster roster) {
            if (area == null) {
                return roster.areas();
            }
            if (!roster.areas().contains(area)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "unknown area \"" + area + "\"; "
                                + ClosestMatch.find(area, roster.areas())
                                        .map(nearest -> "did you mean " + nearest + "?")
                                        .orElse("known areas: " + String.join(", ", roster.areas())));
            }
            return List.of(area);
        }
    }

    @Command(
            name = "ics",
            description = "Prints who is on duty as an iCalendar, for a file or a calendar program.",
            mixinStandardHelpOptions = true)
    static final class CalendarCommand implements Callable<Integer> {
        private static final int MOST_WEEKS = 53;

        @Mixin
        ConfigOptions config;

        @Mixin
        GitHubOptions github;

        @Mixin
        AtOption at;

        @Option(names = "--person", paramLabel = "LOGIN", description = "Only this member.")
        private @Nullable String person;

        @Option(
                names = "--weeks",
                paramLabel = "NUMBER",
                description = "How many weeks from Monday of this one, 1 to " + MOST_WEEKS + " (${DEFAULT-VALUE}).")
        private int weeks = DutyCalendar.WEEKS;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            ErrorHandlers.requireWithin(spec.commandLine(), "--weeks", weeks, MOST_WEEKS);
            Roster roster = config.loadWithRoster(
                            github, at::instant, spec.commandLine().getErr()::println)
                    .roster();
            if (person != null && roster.member(person).isEmpty()) {
                List<String> members =
                        roster.members().stream().map(Member::handle).toList();
                throw new ParameterException(
                        spec.commandLine(),
                        "unknown member \"" + person + "\"; "
                                + ClosestMatch.find(person, members)
                                        .map(nearest -> "did you mean " + nearest + "?")
                                        .orElse("known members: " + String.join(", ", members)));
            }
            PrintWriter out = spec.commandLine().getOut();
            out.print(new DutyCalendar(roster, at.instant(), weeks).text(person));
            out.flush();
            return 0;
        }
    }

    /** Findings are warnings: the command always exits with 0. */
    @Command(
            name = "check",
            description = "Reports gaps over a week, drift against OWNERS_ALIASES, unknown handles, fixed offsets.",
            mixinStandardHelpOptions = true)
    static final class CheckCommand implements Callable<Integer> {
        @Mixin
        ConfigOptions config;

        @Mixin
        GitHubOptions github;

        @Mixin
        OutputOptions output;

        @Mixin
        AtOption at;

        @Spec
        CommandSpec spec;

        @Override
        public Integer call() throws InvalidConfigException {
            PrintWriter out = spec.commandLine().getOut();
            Config loaded = config.loadWithRoster(github, at::instant, problem -> print(out, unreadable(problem)));
            String alias = loaded.file().roster().membersAlias();
            RosterCheck check = new RosterCheck(
                    loaded.roster(),
                    loaded.memberOverrides(),
                    loaded.sigs(),
                    loaded.aliases(),
                    alias == null ? List.of() : List.of(alias));
            check.problems(at.instant()).forEach(problem -> print(out, problem));
            return 0;
        }

        private void print(PrintWriter out, RosterProblem problem) {
            out.println(output.isJson() ? OutputOptions.json(problem) : problem);
        }

        private static RosterProblem unreadable(UnreadSource source) {
            return new RosterProblem(
                    RosterProblem.Kind.UNREADABLE,
                    source.kind().value(),
                    source.toString(),
                    "a running server uses its last good copy");
        }
    }
}
