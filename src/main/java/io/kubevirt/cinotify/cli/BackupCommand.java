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
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "backup",
        description = "Writes everything of a store into one file, for ci-notify restore. The plugin may be running.",
        mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("'ci-notify-'uuuuMMdd'T'HHmmss'Z.db'").withZone(ZoneOffset.UTC);

    /** Of the format above alone: people name files, too. */
    private static final String NAMES = "ci-notify-[0-9]*T[0-9]*Z.db";

    private static final Duration LONGEST_BACKUP = Duration.ofDays(1);

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
        checkKeep(isDirectory);
        if (isDirectory) {
            deleteUnfinished(now.minus(LONGEST_BACKUP));
        }
        Path file = isDirectory ? target.resolve(NAME.format(now)) : target;
        try (ProgressLine progress = ProgressLine.of(spec, SystemClock.INSTANCE)) {
            StoreBackup.write(store.location(), file, now, progress::show);
        }
        spec.commandLine().getOut().println("wrote " + file);
        if (isDirectory && keep > 0) {
            deleteOldest(file);
        }
        return recorded(file, now) ? 0 : ErrorHandlers.PROBLEMS_FOUND;
    }

    private void checkKeep(boolean isDirectory) {
        if (keep < 0) {
            throw new ParameterException(spec.commandLine(), "--keep is " + keep + "; use a number from 0");
        }
        if (keep > 0 && !isDirectory) {
            throw new ParameterException(
                    spec.commandLine(), "--keep needs a directory, and " + target + " is none; create it");
        }
    }

    /** Of backups that were killed; first, because they take the space. */
    private void deleteUnfinished(Instant before) throws IOException {
        for (Path each : files(NAMES + ".*part*")) {
            if (Files.getLastModifiedTime(each).toInstant().isBefore(before)) {
                Files.deleteIfExists(each);
            }
        }
    }

    private void deleteOldest(Path written) throws IOException {
        List<Path> others =
                files(NAMES).stream().filter(each -> !each.equals(written)).toList();
        for (Path each : others.subList(0, Math.max(0, others.size() - keep + 1))) {
            Files.deleteIfExists(each);
        }
    }

    /** In the directory, oldest first. */
    private List<Path> files(String names) throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(target.getFileSystem().getPathMatcher("glob:**/" + names)::matches)
                    .sorted()
                    .toList();
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
