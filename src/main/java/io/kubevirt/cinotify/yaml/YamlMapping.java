// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.yaml.NodeLocations.LocatedNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mapping while it is read: own keys override merged keys, earlier merges override later ones (YAML 1.1). As Prow reads
 * it, the last value of a repeated key wins, and a merge overrides the keys above it.
 */
final class YamlMapping {
    private final int line;
    private final boolean asProw;
    private final Map<String, LocatedNode> own = new LinkedHashMap<>();
    private final List<LocatedNode> merged = new ArrayList<>();
    private long size = 1;
    private long mergedEntries;

    YamlMapping(int line, boolean asProw) {
        this.line = line;
        this.asProw = asProw;
    }

    /** Adds an own entry. A repeated key is an error unless Prow reads it: dropping either value would be a guess. */
    void put(String key, int keyLine, LocatedNode value) {
        size += value.size();
        if (own.put(key, value.withLine(keyLine)) != null && !asProw) {
            throw new YamlReader.ReadException(
                    keyLine, "the key \"" + key + "\" is repeated in this mapping", "remove one of the two");
        }
    }

    /** Adds the value of a merge key: a mapping, or a sequence of mappings. */
    void merge(int keyLine, LocatedNode source) {
        size += source.size();
        if (source.value().isArray()) {
            int count = source.value().size();
            for (int step = 0; step < count; step++) {
                int index = asProw ? count - 1 - step : step;
                mergeOne(keyLine, source.value().get(index).isObject(), elementAt(source, index));
            }
        } else {
            mergeOne(keyLine, source.value().isObject(), source);
        }
    }

    private static LocatedNode elementAt(LocatedNode sequence, int index) {
        return new LocatedNode(
                sequence.value().get(index), sequence.locations().elements().get(index), 1);
    }

    private void mergeOne(int keyLine, boolean isMapping, LocatedNode source) {
        if (!isMapping) {
            throw new YamlReader.ReadException(
                    keyLine, "\"<<\" merges something that is not a mapping", "merge a mapping or a list of mappings");
        }
        mergedEntries += source.value().size();
        if (!asProw) {
            merged.add(source);
            return;
        }
        source.value()
                .properties()
                .forEach(property -> own.put(
                        property.getKey(),
                        new LocatedNode(
                                property.getValue(),
                                source.locations().properties().getOrDefault(property.getKey(), source.locations()),
                                1)));
    }

    /** Number of merged entries, including overridden ones. */
    long mergedEntries() {
        return mergedEntries;
    }

    LocatedNode toNode() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Map<String, NodeLocations> lines = HashMap.newHashMap(own.size());
        for (Map.Entry<String, LocatedNode> entry : own.entrySet()) {
            object.set(entry.getKey(), entry.getValue().value());
            lines.put(entry.getKey(), entry.getValue().locations());
        }
        for (LocatedNode source : merged) {
            source.value().properties().forEach(property -> object.putIfAbsent(property.getKey(), property.getValue()));
            source.locations().properties().forEach(lines::putIfAbsent);
        }
        return new LocatedNode(object, new NodeLocations(line, List.of(), lines), size);
    }
}
