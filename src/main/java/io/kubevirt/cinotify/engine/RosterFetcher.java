// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.github.GitHubConnection;
import io.kubevirt.cinotify.store.DataDirectoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Reads what of the roster is on the network into a folder: calendars, teams, aliases of repositories. A copy is replaced by one that
 * can be read, and by nothing else.
 */
public final class RosterFetcher implements AutoCloseable {
    private final CalendarFetcher calendars;
    private final GroupFetcher groups;

    /**
     * @param folder of the copies
     * @param github stays open
     */
    public RosterFetcher(Path folder, GitHubConnection github, InstantSource clock) {
        this(new CalendarFetcher(folder, clock), new GroupFetcher(folder, github));
    }

    RosterFetcher(CalendarFetcher calendars, GroupFetcher groups) {
        this.calendars = calendars;
        this.groups = groups;
    }

    /** Reads all of them; returns those that could not be read. */
    public List<UnreadSource> fetch(Config config) {
        return Stream.concat(calendars.fetch(config).stream(), groups.fetch(config).stream())
                .toList();
    }

    /** An unchanged copy is not written: a new one makes the configuration load again. */
    static void store(Path copy, String text) throws IOException {
        if (Files.exists(copy) && Files.readString(copy).equals(text)) {
            return;
        }
        Path folder = Objects.requireNonNull(copy.toAbsolutePath().getParent());
        DataDirectoryLock.createDirectory(folder);
        Path written = Files.createTempFile(folder, "roster", ".new");
        try {
            Files.writeString(written, text);
            Files.move(written, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    @Override
    public void close() {
        calendars.close();
    }
}
