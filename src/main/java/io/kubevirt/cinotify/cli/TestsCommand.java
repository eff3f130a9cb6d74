// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.store.TestFilter;
import io.kubevirt.cinotify.store.TestFilter.Order;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.web.api.TestItem;
import io.kubevirt.cinotify.web.api.TestReader;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "tests",
        description = "Lists the tests that failed most, and on which lanes. The plugin may be running.",
        mixinStandardHelpOptions = true)
final class TestsCommand implements Callable<Integer> {
    private static final int MOST_DAYS = 400;
    private static final int MOST_LISTED = 1_000;
    private static final int MOST_LANES = 3;

    @Mixin
    ConfigOptions config;

    @Mixin
    StoreOptions store;

    @Mixin
    OutputOptions output;

    @ArgGroup
    private @Nullable Kind kind;

    @Option(names = "--sig", description = "Only tests of this SIG, given by its short name.")
    private @Nullable String sig;

    @Option(names = "--lane", description = "Only failures on lanes with this text in their name.")
    private @Nullable String lane;

    @Option(names = "--days", defaultValue = "14", description = "UTC days until today, up to 400 (${DEFAULT-VALUE}).")
    int days;

    @Option(names = "--limit", defaultValue = "20", description = "At most so many (${DEFAULT-VALUE}), up to 1000.")
    int limit;

    @Spec
    CommandSpec spec;

    /** One of both, or neither. */
    static final class Kind {
        @Option(
                names = "--flaky",
                description = "By failures whose lane also passed on the commit, or whose report also has a pass.")
        boolean flaky;

        @Option(names = "--broken", description = "By the other failures.")
        boolean broken;
    }

    @Override
    public Integer call() throws InvalidConfigException {
        check("--days", days, MOST_DAYS);
        check("--limit", limit, MOST_LISTED);
        Config loaded = config.load();
        Order order = kind == null ? Order.FAILED : kind.flaky ? Order.FLAKY : Order.BROKEN;
        TestFilter filter = new TestFilter(order, sig, lane, null, null);
        List<TestItem> tests = store.read(transaction -> new TestReader(
                        new ReadContext(transaction, loaded, SystemClock.INSTANCE.instant(), Audience.OPERATOR, null))
                .list(filter, days, limit));
        if (output.isJson()) {
            print(OutputOptions.json(tests));
        } else if (tests.isEmpty()) {
            print("no test matches");
        } else {
            tests.stream().map(TestsCommand::lines).forEach(this::print);
        }
        return 0;
    }

    private void check(String option, int number, int most) {
        if (number < 1 || number > most) {
            throw new ParameterException(spec.commandLine(), option + " must be a number from 1 to " + most);
        }
    }

    private static String lines(TestItem test) {
        String of = test.failureShare() == null
                ? Plural.of((int) test.failed(), "run") + " failed"
                : String.format(
                        Locale.ENGLISH,
                        "%d of %s failed (%.1f %%)",
                        test.failed(),
                        Plural.of((int) test.runs(), "run"),
                        test.failureShare());
        String lanes = test.lanes().stream()
                .limit(MOST_LANES)
                .map(each -> each.lane() + " (" + each.failed() + ")")
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        int more = test.lanes().size() - MOST_LANES;
        return test.name() + (test.quarantined() ? " (quarantined)" : "") + "\n    " + of + ", " + test.flaky()
                + " flaky (" + Math.round(test.flakeShare()) + " %), " + Plural.of(test.pulls(), "pull request")
                + ", SIG " + test.sig() + ", first " + test.firstSeen() + ", last " + test.lastSeen() + "\n    " + lanes
                + (more > 0 ? " and " + more + " more" : "");
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
    }
}
