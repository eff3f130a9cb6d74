// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Template sources of a channel: the file of the operator, otherwise the one in the program. */
final class TemplateFiles {
    private TemplateFiles() {}

    /** A template's text, and its file name for messages. */
    record Source(String file, String text) {}

    /**
     * Reads all templates of a set, by name.
     *
     * @param folder of the operator, with a folder per channel; null for none
     * @throws InvalidConfigException for files that are not templates or cannot be read
     */
    static Map<String, Source> read(TemplateSet set, @Nullable Path folder) throws InvalidConfigException {
        Map<String, Source> sources = new LinkedHashMap<>();
        set.names().forEach(name -> sources.put(name, bundled(set, name)));
        List<ConfigProblem> problems = new ArrayList<>();
        for (Path file : files(folder == null ? null : folder.resolve(set.channel()))) {
            String shown = "templates/" + set.channel() + "/" + file.getFileName();
            String name = nameOf(file);
            if (!sources.containsKey(name)) {
                problems.add(ConfigProblem.ofFile(shown, "unknown template", hint(name, set)));
                continue;
            }
            try {
                sources.put(name, new Source(shown, Files.readString(file)));
            } catch (IOException e) {
                problems.add(ConfigProblem.ofFile(
                        shown, "cannot be read as text in UTF-8", "fix the file or its permissions"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return sources;
    }

    private static String hint(String name, TemplateSet set) {
        return ClosestMatch.find(name, set.names())
                .map(nearest -> "did you mean " + nearest + "." + set.extension() + "?")
                .orElse("use one of " + String.join(", ", set.names()));
    }

    /** Kubernetes mounts hidden files next to the real ones. */
    private static List<Path> files(@Nullable Path folder) throws InvalidConfigException {
        if (folder == null || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    "templates/" + folder.getFileName(), "cannot be listed", "fix the permissions of the folder"));
        }
    }

    private static String nameOf(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static Source bundled(TemplateSet set, String name) {
        String resource = set.resource(name);
        try (InputStream stream = TemplateFiles.class.getClassLoader().getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException(resource + " is not in the program");
            }
            return new Source(resource, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
