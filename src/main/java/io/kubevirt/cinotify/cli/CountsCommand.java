// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.web.api.ActivityDayItem;
import io.kubevirt.cinotify.web.api.CountReader;
import io.kubevirt.cinotify.web.api.LaneDayItem;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "counts",
        description = "Prints counts by UTC day as comma-separated values. The plugin may be running.",
        mixinStandardHelpOptions = true)
final class CountsCommand {
    private static final int MOST_DAYS = 400;

    @Spec
    CommandSpec spec;

    @Command(description = "Runs by lane and UTC day: finished, failed, flaky.", mixinStandardHelpOptions = true)
    int lanes(
            @Mixin ConfigOptions config,
            @Mixin StoreOptions store,
            @Mixin OutputOptions output,
            @Mixin Days days,
            @Option(names = "--lane", description = "Only lanes with this text in their name.") @Nullable String text)
            throws InvalidConfigException {
        int number = days.number();
        List<LaneDayItem> items = read(config.load(), store, reader -> reader.lanes(number, null, text));
        print(output, LaneDayItem.CSV_HEADER, items, LaneDayItem::csv);
        return 0;
    }

    @Command(description = "Deliveries by UTC day, outcome and reason.", mixinStandardHelpOptions = true)
    int activity(@Mixin ConfigOptions config, @Mixin StoreOptions store, @Mixin OutputOptions output, @Mixin Days days)
            throws InvalidConfigException {
        int number = days.number();
        List<ActivityDayItem> items = read(config.load(), store, reader -> reader.activity(number));
        print(output, ActivityDayItem.CSV_HEADER, items, ActivityDayItem::csv);
        return 0;
    }

    /** How far back. */
    static final class Days {
        @Option(names = "--days", defaultValue = "14", description = "Days until today, up to 400 (${DEFAULT-VALUE}).")
        int days;

        @Spec(Spec.Target.MIXEE)
        CommandSpec command;

        int number() {
            ErrorHandlers.requireWithin(command.commandLine(), "--days", days, MOST_DAYS);
            return days;
        }
    }

    private static <T> T read(Config config, StoreOptions store, Function<CountReader, T> counts)
            throws InvalidConfigException {
        return store.read(transaction -> counts.apply(new CountReader(
                new ReadContext(transaction, config, SystemClock.INSTANCE.instant(), Audience.OPERATOR, null))));
    }

    private <T> void print(OutputOptions output, String header, List<T> items, Function<T, String> csv) {
        if (output.isJson()) {
            spec.commandLine().getOut().println(OutputOptions.json(items));
        } else {
            spec.commandLine().getOut().println(header);
            items.stream().map(csv).forEach(spec.commandLine().getOut()::println);
        }
    }
}
