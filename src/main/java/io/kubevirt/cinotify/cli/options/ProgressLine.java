// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** How far a long command has come: one line on standard error that changes. Only on a terminal, and only after two seconds. */
public final class ProgressLine implements AutoCloseable {
    private static final Duration SILENCE = Duration.ofSeconds(2);
    private static final Duration INTERVAL = Duration.ofMillis(250);

    private final PrintWriter err;
    private final boolean isTerminal;
    private final InstantSource clock;
    private Instant next;
    private int shown;

    ProgressLine(PrintWriter err, boolean isTerminal, InstantSource clock) {
        this.err = err;
        this.isTerminal = isTerminal;
        this.clock = clock;
        this.next = clock.instant().plus(SILENCE);
    }

    public static ProgressLine of(CommandSpec command, InstantSource clock) {
        return new ProgressLine(command.commandLine().getErr(), Ansi.AUTO.enabled(), clock);
    }

    /**
     * Shows {@code what: 5 of 10}.
     *
     * @param total 0 if it is not known
     */
    public void show(String what, long done, long total) {
        if (!isTerminal || clock.instant().isBefore(next)) {
            return;
        }
        next = clock.instant().plus(INTERVAL);
        String line = total > 0
                ? String.format(Locale.ROOT, "%s: %,d of %,d", what, done, total)
                : String.format(Locale.ROOT, "%s: %,d", what, done);
        print(line);
    }

    private void print(String line) {
        err.print("\r" + line + " ".repeat(Math.max(0, shown - line.length())) + (line.isEmpty() ? "\r" : ""));
        err.flush();
        shown = line.length();
    }

    /** Removes the line. */
    @Override
    public void close() {
        if (shown > 0) {
            print("");
        }
    }
}
