// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.command.Reassignment;
import io.kubevirt.cinotify.command.RuleSuggestions;
import io.kubevirt.cinotify.incident.DiagnosisFeedback.RuleCount;
import io.kubevirt.cinotify.store.FeedbackTable;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "suggestions",
        description =
                "Suggests routing rules from manual reassignments: YAML to paste at the top of routing.rules; then the rules"
                        + " whose diagnoses people reported as wrong. With --output json the reassignments and reports,"
                        + " one a line.",
        mixinStandardHelpOptions = true)
final class SuggestionsCommand implements Callable<Integer> {
    @Mixin
    OutputOptions output;

    @Mixin
    StoreOptions store;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        store.read(transaction -> {
            print(transaction.commands().reassignments());
            printFeedback(transaction.feedback());
            return true;
        });
        return 0;
    }

    private void printFeedback(FeedbackTable feedback) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            feedback.all().forEach(each -> out.println(OutputOptions.json(each)));
            return;
        }
        List<RuleCount> counts = feedback.byRule();
        if (!counts.isEmpty()) {
            out.println("# Diagnoses that people reported as wrong, in incidents:");
            counts.forEach(count -> out.println("# " + count.sentence()));
        }
    }

    private void print(List<Reassignment> reassignments) {
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            reassignments.forEach(each -> out.println(OutputOptions.json(each)));
            return;
        }
        List<String> yaml = RuleSuggestions.yaml(reassignments);
        yaml.forEach(out::println);
        if (yaml.isEmpty()) {
            out.println("# No reassignment that a rule could have predicted.");
        }
    }
}
