// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ProgressLine;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.store.StoreBackup;
import io.kubevirt.cinotify.store.StoreLocation;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "restore",
        description = "Restores a backup, of either database, into an empty store. Stop the plugin first.",
        mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "File that ci-notify backup wrote.")
    Path file;

    @Option(
            names = "--replace",
            description = "The data directory may have a store: its files are moved into a directory below.")
    boolean replace;

    @Mixin
    StoreOptions store;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException {
        StoreLocation to = store.location();
        Optional<Path> old;
        try (ProgressLine progress = ProgressLine.of(spec, SystemClock.INSTANCE)) {
            old = StoreBackup.restore(file, to, replace, progress::show);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.println("restored " + file + " to " + to);
        old.ifPresent(directory -> out.println("the old files are in " + directory));
        return 0;
    }
}
