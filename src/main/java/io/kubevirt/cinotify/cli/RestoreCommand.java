// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ProgressLine;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.store.StoreBackup;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
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
        try (ProgressLine progress = ProgressLine.of(spec, SystemClock.INSTANCE)) {
            StoreBackup.restore(file, store.location(), replace, progress::show);
        }
        spec.commandLine().getOut().println("restored " + file + " to " + store.location());
        return 0;
    }
}
