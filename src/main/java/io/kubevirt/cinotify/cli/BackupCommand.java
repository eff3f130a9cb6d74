// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ProgressLine;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.store.StoreBackup;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.store.WatermarkTable.Watermark;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        description = "Writes everything of a store into one file, for ci-notify restore. The plugin may be running.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'ci-notify-'uuuuMMdd'T'HHmmss'Z.db'").withZone(ZoneOffset.UTC);

    private static final String NAMES = "ci-notify-*.db";

    @Parameters(
            paramLabel = "FILE|DIR",
            description = "New file, or a directory, where the file is named after the time.")
    Path target;

    @Option(
            names = "--keep",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = "Deletes older backups in the directory, except for so many; 0 keeps all (${DEFAULT-VALUE}).")
    int keep;

    @Mixin
    StoreOptions store;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        Instant now = SystemClock.INSTANCE.instant();
        boolean isDirectory = Files.isDirectory(target);
        Path file = isDirectory ? target.resolve(NAME.format(now)) : target;
        try (ProgressLine progress = ProgressLine.of(spec, SystemClock.INSTANCE)) {
            StoreBackup.write(store.location(), file, now, progress::show);
        }
        spec.commandLine().getOut().println("wrote " + file);
        if (isDirectory && keep > 0) {
            deleteOldest();
        }
        return recorded(file, now) ? 0 : ErrorHandlers.PROBLEMS_FOUND;
    }

    private void deleteOldest() throws IOException {
        List<Path> oldest;
        try (Stream<Path> files = Files.list(target)) {
            oldest = files.filter(target.getFileSystem().getPathMatcher("glob:**/" + NAMES)::matches)
                    .sorted(Comparator.reverseOrder())
                    .skip(keep)
                    .toList();
        }
        for (Path each : oldest) {
            Files.delete(each);
        }
    }

    /** For the metric of the plugin. */
    private boolean recorded(Path file, Instant now) throws InvalidConfigException {
        try {
            store.inTransaction(transaction -> {
                transaction.watermarks().set(StoreBackup.LAST, new Watermark(String.valueOf(file.getFileName()), now));
                return true;
            });
            return true;
        } catch (StoreUnavailable e) {
            spec.commandLine()
                    .getErr()
                    .println("the backup is complete, but its time cannot be stored for the metric: " + e.getMessage());
            return false;
        }
    }
}
