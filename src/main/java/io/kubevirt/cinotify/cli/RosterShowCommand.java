/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.Standing;
import io.kubevirt.cinotify.settings.Settings;
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
    Output output;

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
    public Integer call() throws InvalidDocument {
        Settings settings = config.load();
        Instant instant = at.instant();
        PrintWriter out = spec.commandLine().getOut();
        for (String shown : areas(settings.roster())) {
            Row row = row(settings.roster(), settings.roster().standing(shown, instant));
            out.println(output.isJson() ? Output.json(row) : text(row));
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
                            + Nearest.to(area, roster.areas())
                                    .map(nearest -> "did you mean " + nearest + "?")
                                    .orElse("known are " + String.join(", ", roster.areas())));
        }
        return List.of(area);
    }

    private static Row row(Roster roster, Standing standing) {
        Standing.Next next = standing.next();
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
