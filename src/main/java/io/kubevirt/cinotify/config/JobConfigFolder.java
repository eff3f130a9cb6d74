// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.JobConfigFile;
import io.kubevirt.cinotify.prow.ProwSettings;
import io.kubevirt.cinotify.prow.SharedValues;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prow's job configuration on disk: a folder, or a mounted ConfigMap with the file names as keys and optionally compressed values. */
public final class JobConfigFolder {
    private JobConfigFolder() {}

    /**
     * Reads all YAML files below a folder, or a single file. Unreadable files are problems of the result.
     *
     * @throws InvalidConfigException if there is no such folder
     */
    public static JobConfig read(Path folder) throws InvalidConfigException {
        return read(folder, List.of());
    }

    /** The same, with presets that also apply to the jobs. */
    static JobConfig read(Path folder, List<ProwSettings.Preset> presets) throws InvalidConfigException {
        SharedValues shared = new SharedValues();
        if (Files.isRegularFile(folder)) {
            return JobConfig.of(List.of(read(folder.resolveSibling(""), folder, shared)), presets);
        }
        if (!Files.isDirectory(folder)) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    folder.toString(), "the folder of the job configuration does not exist", "fix --job-config-path"));
        }
        // Parallel, because every command waits for it.
        return JobConfig.of(
                files(folder).parallelStream()
                        .map(file -> read(folder, file, shared))
                        .toList(),
                presets);
    }

    private static JobConfigFile read(Path folder, Path file, SharedValues shared) {
        String name = folder.relativize(file).toString();
        try {
            return JobConfigFile.parse(name, Files.readAllBytes(file), shared);
        } catch (IOException e) {
            return JobConfigFile.unreadable(
                    name, List.of(ConfigProblem.ofFile(name, "cannot be read", "check its permissions")));
        }
    }

    private static List<Path> files(Path folder) throws InvalidConfigException {
        try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            Map<Boolean, List<Path>> found = tree.filter(
                            file -> isYaml(file.getFileName().toString()) || file.endsWith(ProwIgnore.FILE))
                    .filter(file -> !isHidden(folder.relativize(file)))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .collect(Collectors.partitioningBy(file -> file.endsWith(ProwIgnore.FILE)));
            ProwIgnore ignore = new ProwIgnore(folder, found.getOrDefault(true, List.of()));
            return found.getOrDefault(false, List.of()).stream()
                    .filter(file -> !ignore.ignores(folder.relativize(file)))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    folder.toString(), "cannot be read", "check its permissions, and that it has no cyclic links"));
        }
    }

    private static boolean isYaml(String name) {
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    /** A mounted ConfigMap has each file three times: below ..data, below a timestamp, and as a link. */
    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith("..")) {
                return true;
            }
        }
        return false;
    }
}
