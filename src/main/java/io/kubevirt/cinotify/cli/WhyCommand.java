// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.kubevirt.cinotify.web.api.RunAnswer;
import io.kubevirt.cinotify.web.api.RunAnswerReader;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "why",
        description = "Answers why somebody was notified of a run, or nobody. The plugin may be running.",
        mixinStandardHelpOptions = true)
final class WhyCommand implements Callable<Integer> {
    @Mixin
    ConfigOptions config;

    @Mixin
    StoreOptions store;

    @Mixin
    OutputOptions output;

    @Parameters(paramLabel = "URL", description = "Address of the run's page in Prow.")
    String url;

    @Spec
    CommandSpec spec;

    /** An answer, or why there is none. */
    private record Outcome(@Nullable RunAnswer answer, RequestProblem.@Nullable Body problem) {}

    @Override
    public Integer call() throws InvalidConfigException {
        Config loaded = config.load();
        Outcome outcome = store.read(transaction -> outcome(transaction, loaded));
        if (outcome.answer() == null) {
            RequestProblem.Body problem = outcome.problem();
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    "why",
                    problem == null ? "there is no answer" : problem.detail(),
                    problem == null ? "check the address" : problem.hint()));
        }
        spec.commandLine()
                .getOut()
                .println(
                        output.isJson()
                                ? OutputOptions.json(outcome.answer())
                                : outcome.answer().text());
        return 0;
    }

    private Outcome outcome(Transaction transaction, Config loaded) {
        try {
            ReadContext context =
                    new ReadContext(transaction, loaded, SystemClock.INSTANCE.instant(), Audience.OPERATOR, null);
            return new Outcome(new RunAnswerReader(context).of(url), null);
        } catch (RequestProblem e) {
            return new Outcome(null, e.body());
        }
    }
}
