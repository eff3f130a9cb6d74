// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.input.YamlAdditions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Prow's files add to an existing configuration. Nothing that people wrote is removed or changed. */
final class ConfigUpdate {
    private final Path directory;
    private final Config config;
    private final ProwFacts facts;
    private final List<String> notes = new ArrayList<>();

    ConfigUpdate(Path directory, Config config, ProwFacts facts) {
        this.directory = directory;
        this.config = config;
        this.facts = facts;
    }

    /** The new texts of files, by name; sigs.yaml is replaced if another one is given. */
    SequencedMap<String, String> files(@Nullable String sigsYaml) throws InvalidConfigException, IOException {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put(ConfigLoader.FILE, configYaml());
        if (sigsYaml != null) {
            files.put(config.file().roster().sigs(), sigsYaml);
        }
        return files;
    }

    /** Additions that the layout of the file does not allow, for people to make. */
    List<String> notes() {
        return notes;
    }

    private String configYaml() throws InvalidConfigException, IOException {
        YamlAdditions yaml =
                new YamlAdditions(ConfigLoader.FILE, Files.readString(directory.resolve(ConfigLoader.FILE)));
        addToList(yaml, "hosts", facts.hosts(), config.file().prow().hosts());
        Set<Bucket> trusted = config.file().prow().trustedHosts().buckets();
        addToList(
                yaml,
                "buckets",
                facts.buckets().stream()
                        .filter(bucket -> !trusted.contains(bucket))
                        .map(ProwFacts::setting)
                        .toList(),
                config.file().prow().buckets());
        SequencedMap<String, String> hidden = new LinkedHashMap<>();
        Map<String, String> reasons = new HashMap<>();
        for (String name : facts.hidden()) {
            if (!config.file().visibility().containsKey(name)) {
                hidden.put(name, "private");
                reasons.put(name, "from " + InitReport.HIDDEN);
            }
        }
        addToMapping(yaml, hidden, reasons, "visibility");
        SequencedMap<String, String> repositories = new LinkedHashMap<>();
        facts.guesses().known().forEach((repository, guess) -> {
            repositories.put(repository.fullName(), guess.sig());
            reasons.put(repository.fullName(), guess.reason());
        });
        addToMapping(yaml, repositories, reasons, "routing", "repositories");
        return yaml.text();
    }

    private void addToList(YamlAdditions yaml, String key, List<String> known, List<String> existing) {
        List<String> added =
                known.stream().filter(entry -> !existing.contains(entry)).toList();
        if (!added.isEmpty() && !yaml.addToList(added, "prow", key)) {
            note("prow." + key, added.stream());
        }
    }

    private void addToMapping(
            YamlAdditions yaml, SequencedMap<String, String> added, Map<String, String> reasons, String... path) {
        if (!added.isEmpty() && !yaml.addToMapping(added, reasons, (Object[]) path)) {
            note(
                    String.join(".", path),
                    added.entrySet().stream().map(entry -> entry.getKey() + ": " + entry.getValue()));
        }
    }

    private void note(String key, Stream<String> entries) {
        notes.add(directory.resolve(ConfigLoader.FILE) + ": cannot be edited at " + key + "; add "
                + String.join(", ", entries.toList()));
    }
}
