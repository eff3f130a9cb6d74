// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.routing.KnownGroups.OwnersFile;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The OWNERS files in the folder of the job configuration. They belong to Prow's plugins: one that is invalid is ignored. */
final class OwnersFiles {
    private static final String NAME = "OWNERS";

    private OwnersFiles() {}

    /** The files that name a group, by folder relative to the root. */
    static Map<String, OwnersFile> read(Path root) {
        Map<String, OwnersFile> found = new HashMap<>();
        try (Stream<Path> tree = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            tree.filter(file -> file.endsWith(NAME)).forEach(file -> {
                OwnersFile owners = read(file, root);
                if (!owners.labels().isEmpty() || !owners.approvers().isEmpty()) {
                    found.put(root.relativize(file.getParent()).toString(), owners);
                }
            });
        } catch (IOException | UncheckedIOException e) {
            return Map.of();
        }
        return found;
    }

    private static OwnersFile read(Path file, Path root) {
        try {
            String text = Files.readString(file);
            if (namesGroup(text)) {
                JsonNode owners = YamlDocument.parse(root.relativize(file).toString(), text)
                        .root();
                return new OwnersFile(groups(owners, "labels"), groups(owners, "approvers"));
            }
        } catch (IOException | InvalidConfigException e) {
            // Not valid for Prow either; the job files themselves are checked.
            return new OwnersFile(List.of(), List.of());
        }
        return new OwnersFile(List.of(), List.of());
    }

    /** Entries of the file, and of its filters, that look like groups. */
    private static List<String> groups(JsonNode owners, String key) {
        List<JsonNode> lists = new ArrayList<>(List.of(owners.path(key)));
        owners.path("filters").forEach(filter -> lists.add(filter.path(key)));
        List<String> groups = new ArrayList<>();
        lists.forEach(list -> list.forEach(entry -> {
            if (namesGroup(entry.asText(""))) {
                groups.add(entry.asText(""));
            }
        }));
        return groups;
    }

    private static boolean namesGroup(String text) {
        return text.contains("sig-") || text.contains("sig/") || text.contains("wg-") || text.contains("wg/");
    }
}
