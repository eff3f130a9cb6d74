// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The aliases of an {@code OWNERS_ALIASES} file (Prow's approve plugin). */
public final class OwnersAliases {
    private final Map<String, Set<String>> aliases;

    private OwnersAliases(Map<String, Set<String>> aliases) {
        this.aliases = aliases;
    }

    public static OwnersAliases empty() {
        return new OwnersAliases(Map.of());
    }

    /** @throws InvalidConfigException with all problems */
    public static OwnersAliases read(YamlDocument document) throws InvalidConfigException {
        Map<String, Set<String>> aliases = new TreeMap<>();
        List<ConfigProblem> problems = new ArrayList<>();
        document.root().path("aliases").fields().forEachRemaining(alias -> {
            Set<String> handles = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            if (alias.getValue().isArray() && areTexts(alias.getValue())) {
                alias.getValue().forEach(handle -> handles.add(handle.asText().strip()));
            } else if (!alias.getValue().isNull()) {
                problems.add(document.problem(
                        JsonPointer.empty().appendProperty("aliases").appendProperty(alias.getKey()),
                        "the alias " + alias.getKey() + " is not a list of handles",
                        "write one \"- handle\" per line"));
            }
            aliases.put(alias.getKey(), handles);
        });
        if (!document.root().path("aliases").isObject()) {
            problems.add(document.problem(JsonPointer.empty(), "the file has no aliases", "start it with aliases:"));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return new OwnersAliases(aliases);
    }

    private static boolean areTexts(JsonNode array) {
        for (JsonNode element : array) {
            if (!element.isValueNode() || element.asText().isBlank()) {
                return false;
            }
        }
        return true;
    }

    /** The handles of an alias, as a case-insensitive set; empty for an unknown alias. */
    public Optional<Set<String>> people(String alias) {
        return Optional.ofNullable(aliases.get(alias)).map(OwnersAliases::ignoringCase);
    }

    /** The names of the aliases. */
    public Set<String> names() {
        return Set.copyOf(aliases.keySet());
    }

    /** All handles in the file. */
    public Set<String> handles() {
        Set<String> handles = ignoringCase(Set.of());
        aliases.values().forEach(handles::addAll);
        return handles;
    }

    private static Set<String> ignoringCase(Set<String> handles) {
        Set<String> copy = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        copy.addAll(handles);
        return copy;
    }
}
