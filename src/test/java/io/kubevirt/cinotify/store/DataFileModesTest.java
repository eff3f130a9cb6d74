// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other users of the machine cannot read the data directory; a group that shares its volume can. */
class DataFileModesTest {
    @TempDir
    private Path folder;

    @Test
    void aNewDirectoryAndItsFilesAreOfTheOwnerAlone() throws Exception {
        Path data = folder.resolve("new/data");
        open(data);

        assertThat(mode(data)).isEqualTo("700");
        assertThat(files(data)).containsKeys("ci-notify.db", "inbox.db", "lock");
        assertThat(files(data).values()).containsOnly("600");
    }

    @Test
    void anExistingDirectoryIsTightenedAndForeignFilesStay() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        open(data);
        permit(data, "rwxr-xr-x");
        for (String file : files(data).keySet()) {
            permit(data.resolve(file), "rw-r--r--");
        }
        permit(Files.writeString(data.resolve("notes"), "of the operator"), "rw-r--r--");
        open(data);

        assertThat(mode(data)).isEqualTo("700");
        Map<String, String> files = files(data);
        assertThat(files.remove("notes")).isEqualTo("644");
        assertThat(files.values()).containsOnly("600");
    }

    /** As Kubernetes prepares a volume for an fsGroup: the next pod may have another user id. */
    @Test
    void theGroupOfASharedVolumeKeepsItsAccess() throws Exception {
        Path data = Files.createDirectory(folder.resolve("volume"));
        Files.setAttribute(data, "unix:mode", 02777);
        open(data);

        assertThat(mode(data)).isEqualTo("2770");
        assertThat(files(data).values()).containsOnly("660");
    }

    private static void open(Path data) throws Exception {
        DataDirectoryLock.createDirectory(data);
        Database.embedded(data, Duration.ofSeconds(5)).close();
    }

    private static void permit(Path path, String permissions) throws Exception {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static Map<String, String> files(Path data) throws Exception {
        Map<String, String> modes = new TreeMap<>();
        try (Stream<Path> entries = Files.list(data)) {
            for (Path entry : entries.toList()) {
                modes.put(entry.getFileName().toString(), mode(entry));
            }
        }
        return modes;
    }

    private static String mode(Path path) throws Exception {
        return Integer.toOctalString((int) Files.getAttribute(path, "unix:mode") & 07777);
    }
}
