// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.ProgressLine;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.store.StoreCheck;
import io.kubevirt.cinotify.store.StoreCopy;
import io.kubevirt.cinotify.store.StoreLocation;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "store",
        description = "Copies a store to another database, or checks it.",
        mixinStandardHelpOptions = true)
final class StoreCommand {
    @Spec
    CommandSpec spec;

    @Command(
            description =
                    "Copies everything into an empty store, from SQLite to PostgreSQL or back, and compares the rows."
                            + " Stop the plugin first. After an interruption the same command continues.",
            mixinStandardHelpOptions = true)
    int copy(
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "DIR|URL",
                            description = "Data directory, or postgresql://user@host:5432/database.")
                    String from,
            @Option(
                            names = "--from-password-file",
                            paramLabel = "FILE",
                            description = "File with the password for the URL of --from.")
                    @Nullable Path fromPassword,
            @Option(
                            names = "--to",
                            required = true,
                            paramLabel = "DIR|URL",
                            description = "New data directory, or the URL of an empty database.")
                    String to,
            @Option(
                            names = "--to-password-file",
                            paramLabel = "FILE",
                            description = "File with the password for the URL of --to.")
                    @Nullable Path toPassword)
            throws InvalidConfigException {
        StoreLocation source = StoreLocation.parse("--from", from, fromPassword);
        StoreLocation target = StoreLocation.parse("--to", to, toPassword);
        copy(source, target);
        return 0;
    }

    private void copy(StoreLocation source, StoreLocation target) throws InvalidConfigException {
        Map<String, Long> rows;
        try (ProgressLine progress = ProgressLine.of(spec, SystemClock.INSTANCE)) {
            rows = StoreCopy.run(source, target, progress::show);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("copied " + source + " to " + target + ", with the same number of rows:");
        print(rows, out);
        out.println("Start ci-notify with the new store, and never again with the old one.");
    }

    @Command(
            description = "Counts the rows of a store and looks for damage; the plugin may be running.",
            mixinStandardHelpOptions = true)
    int check(@Mixin StoreOptions store, @Mixin OutputOptions output) throws InvalidConfigException {
        StoreCheck found = StoreCheck.of(store.location());
        PrintWriter out = spec.commandLine().getOut();
        if (output.isJson()) {
            out.println(OutputOptions.json(found));
        } else {
            out.println("schema " + found.schema() + ", last backup "
                    + (found.lastBackup() == null ? "unknown" : found.lastBackup()));
            print(found.rows(), out);
            found.problems().forEach(spec.commandLine().getErr()::println);
        }
        return found.problems().isEmpty() ? 0 : ErrorHandlers.PROBLEMS_FOUND;
    }

    private static void print(Map<String, Long> rows, PrintWriter out) {
        rows.forEach((table, count) -> out.println("    " + table + ": " + Plural.grouped(count, "row")));
    }
}
