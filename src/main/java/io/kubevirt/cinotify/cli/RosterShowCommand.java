// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.options.AtOption;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.OnCallStatus;
import io.kubevirt.cinotify.roster.Roster;
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

/** Who is responsible for each area now, and who is next. */
@Command(
        name = "show",
        description = "Who is responsible for each area, and who is next.",
        mixinStandardHelpOptions = true)
final class RosterShowCommand implements Callable<Integer> {

    @Mixin
    ConfigOptions config;

    @Mixin
    OutputOptions output;

    @Mixin
    AtOption at;

    @Option(names = "--area", paramLabel = "AREA", description = "Only this area.")
    @Nullable String area;

    @Spec
    CommandSpec spec;

    /** The contract of {@code roster show} (design.md section 10). */
    record Row(
            String area,
            Instant at,
            @Nullable String responsible,
            @Nullable Level level,
            @Nullable Next next,
            boolean mentionSig) {

        /** Who comes next. */
        record Next(String person, Level level, Instant at) {}
    }

    @Override
    public Integer call() throws InvalidConfigException {
        Config settings = config.load();
        Instant instant = at.instant();
        PrintWriter out = spec.commandLine().getOut();
        for (String shown : areas(settings.roster())) {
            Row row = row(settings.roster(), settings.roster().status(shown, instant));
            out.println(output.isJson() ? OutputOptions.json(row) : text(row));
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
                    "\"" + area + "\" is no area; "
                            + ClosestMatch.find(area, roster.areas())
                                    .map(nearest -> "did you mean " + nearest + "?")
                                    .orElse("known are " + String.join(", ", roster.areas())));
        }
        return List.of(area);
    }

    private static Row row(Roster roster, OnCallStatus standing) {
        OnCallStatus.Next next = standing.next();
        return new Row(
                standing.area(),
                standing.at(),
                standing.responsible() == null ? null : standing.responsible().handle(),
                standing.level(),
                next == null ? null : new Row.Next(next.person().handle(), next.level(), next.at()),
                roster.members(standing.area(), Level.PRIMARY).isEmpty());
    }

    private static String text(Row row) {
        String now = row.responsible() == null || row.level() == null
                ? "nobody at work"
                : row.responsible() + " (" + row.level().title() + ")";
        String next = row.next() == null
                ? ""
                : ", then " + row.next().person() + " (" + row.next().level().title() + ") at "
                        + row.next().at();
        return "%-12s %s%s%s"
                .formatted(row.area(), now, next, row.mentionSig() ? "; no primary: the SIG is mentioned" : "");
    }
}
