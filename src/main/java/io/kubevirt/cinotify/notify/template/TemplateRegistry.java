// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The validated templates of all channels: all of one version, or none. */
public final class TemplateRegistry {
    /** The templates of the program. Compiled on first use: most commands need none. */
    private static final TemplateRegistry BUNDLED = new TemplateRegistry();

    private final Map<TemplateSet, Templates> loaded = new ConcurrentHashMap<>();

    private TemplateRegistry() {}

    /**
     * Reads, compiles and validates the templates of the operator.
     *
     * @param folder with a folder per channel; need not exist
     * @param sets of all channels
     * @throws InvalidConfigException with all problems, by file and line
     */
    public static TemplateRegistry read(Path folder, Collection<TemplateSet> sets) throws InvalidConfigException {
        if (!Files.isDirectory(folder)) {
            return BUNDLED;
        }
        TemplateRegistry book = new TemplateRegistry();
        List<ConfigProblem> problems = new ArrayList<>(unknownFolders(folder, sets));
        for (TemplateSet set : sets) {
            try {
                book.loaded.put(set, Templates.open(set, folder));
            } catch (InvalidConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems.stream().distinct().toList());
        }
        return book;
    }

    /** The templates of a channel. */
    public Templates of(TemplateSet set) {
        return loaded.computeIfAbsent(set, TemplateRegistry::bundled);
    }

    private static Templates bundled(TemplateSet set) {
        try {
            return Templates.open(set, null);
        } catch (InvalidConfigException e) {
            throw new IllegalStateException("a template that comes with the program is broken", e);
        }
    }

    private static List<ConfigProblem> unknownFolders(Path folder, Collection<TemplateSet> sets) {
        List<String> channels =
                sets.stream().map(TemplateSet::channel).distinct().toList();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !channels.contains(name))
                    .sorted()
                    .map(name -> ConfigProblem.ofFile(
                            "templates/" + name,
                            "is not the folder of a channel",
                            ClosestMatch.find(name, channels)
                                    .map(nearest -> "did you mean " + nearest + "?")
                                    .orElse("known here: " + String.join(", ", channels))))
                    .toList();
        } catch (IOException e) {
            return List.of(ConfigProblem.ofFile("templates", "cannot be listed", "fix the permissions of the folder"));
        }
    }
}
