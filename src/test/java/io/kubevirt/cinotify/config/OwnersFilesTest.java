// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.routing.KnownGroups.OwnersFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersFilesTest {
    @TempDir
    Path folder;

    @Test
    void onlyEntriesThatNameAGroupAreRead() throws IOException {
        write("OWNERS", "approvers: [someone]\nlabels: [area/jobs]\n");
        write("a/OWNERS", "labels: [area/jobs, sig/node]\napprovers:\n- someone\n- sig-node-leads\n");
        write("a/b/OWNERS", "filters:\n  \".*\":\n    labels: [wg/batch]\n  x:\n    approvers: [sig-x-leads]\n");
        write("c/OWNERS", "labels: {sig/broken: [\n");
        write("d/OWNERS", "labels: sig/text\n");
        write("d/OWNERS.md", "labels: [sig/node]\n");

        assertThat(OwnersFiles.read(folder))
                .isEqualTo(Map.of(
                        "a", new OwnersFile(List.of("sig/node"), List.of("sig-node-leads")),
                        "a/b", new OwnersFile(List.of("wg/batch"), List.of("sig-x-leads"))));
        assertThat(OwnersFiles.read(folder.resolve("missing"))).isEmpty();
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
