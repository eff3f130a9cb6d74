// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Prow's plugin configuration enables: one file, or a main file with many supplemental ones. Names are org or org/repo.
 *
 * @param enabled have a plugin or an external plugin
 * @param excluded repositories of an org whose plugins are not enabled there
 * @param dispatching have this program as external plugin, so hook sends it events
 */
public record PluginConfig(int files, Set<String> enabled, Set<String> excluded, Set<String> dispatching) {
    private static final String PROGRAM = "ci-notify";

    /**
     * Reads files and folders. In a folder, as Prow's components, only what ends with {@code plugins.yaml} or
     * {@code _pluginconfig.yaml}.
     *
     * @throws InvalidConfigException with the problems of all files
     */
    public static PluginConfig read(List<Path> paths) throws InvalidConfigException {
        List<ConfigProblem> problems = new ArrayList<>();
        PluginConfig all = new PluginConfig(0, new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
        int files = 0;
        for (Path path : paths) {
            List<Path> found = Files.isDirectory(path) ? below(path) : List.of(path);
            if (found.isEmpty()) {
                problems.add(ConfigProblem.ofFile(
                        path.toString(),
                        "has no plugin configuration: no file there ends with plugins.yaml or _pluginconfig.yaml",
                        "give the file itself with --plugin-config"));
            }
            for (Path file : found) {
                files++;
                try {
                    all.add(YamlDocument.parse(file.toString(), Files.readString(file)), problems);
                } catch (InvalidConfigException e) {
                    problems.addAll(e.problems());
                } catch (IOException e) {
                    problems.add(ConfigProblem.ofFile(
                            file.toString(), "cannot be read", "give Prow's plugins.yaml with --plugin-config"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return new PluginConfig(files, all.enabled, all.excluded, all.dispatching);
    }

    private static List<Path> below(Path folder) throws InvalidConfigException {
        try (Stream<Path> tree = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
            return tree.filter(file -> isPluginConfig(file.getFileName().toString()))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile(folder.toString(), "cannot be read", "fix --plugin-config"));
        }
    }

    private static boolean isPluginConfig(String name) {
        String plain = name.endsWith(".yml") ? name.substring(0, name.length() - 2) + "aml" : name;
        return plain.endsWith("plugins.yaml") || plain.endsWith("_pluginconfig.yaml");
    }

    private void add(YamlDocument document, List<ConfigProblem> problems) {
        for (String key : List.of("plugins", "external_plugins")) {
            JsonNode section = document.root().path(key);
            if (!section.isObject() && !section.isMissingNode() && !section.isNull()) {
                problems.add(document.problem(
                        JsonPointer.empty().appendProperty(key),
                        key + " is not a mapping from org or org/repo",
                        "give Prow's plugins.yaml with --plugin-config"));
            }
            section.properties().forEach(entry -> {
                enabled.add(entry.getKey());
                entry.getValue()
                        .path("excluded_repos")
                        .forEach(name -> excluded.add(entry.getKey() + "/" + name.asText()));
                for (JsonNode plugin : entry.getValue()) {
                    if (plugin.path("name").asText().equals(PROGRAM)) {
                        dispatching.add(entry.getKey());
                    }
                }
            });
        }
    }

    /** Whether a plugin is enabled for the repository or its org. */
    public boolean isEnabled(Repository repository) {
        return enabled.contains(repository.fullName())
                || (enabled.contains(repository.org()) && !excluded.contains(repository.fullName()));
    }

    /** Whether hook sends the events of the repository to this program. */
    public boolean isDispatched(Repository repository) {
        return dispatching.contains(repository.fullName()) || dispatching.contains(repository.org());
    }
}
