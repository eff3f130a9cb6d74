/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A mapping while it is read: its own keys win over merged ones, earlier merges over later ones (YAML 1.1 merge type). */
final class YamlMapping {

    private final int line;
    private final Map<String, Element> own = new LinkedHashMap<>();
    private final List<Element> merged = new ArrayList<>();
    private long size = 1;

    YamlMapping(int line) {
        this.line = line;
    }

    /** Adds an entry of its own. A repeated key is refused: the one that is silently dropped is always the one meant. */
    void put(String key, int keyLine, Element value) {
        size += value.size();
        if (own.put(key, value.under(keyLine)) != null) {
            throw new Unreadable(
                    keyLine, "the key \"" + key + "\" stands twice in one mapping", "keep the one that is meant");
        }
    }

    /** Adds the value of a merge key: a mapping, or a sequence of mappings. */
    void merge(int keyLine, Element source) {
        size += source.size();
        if (source.value().isArray()) {
            for (int index = 0; index < source.value().size(); index++) {
                mergeOne(keyLine, source.value().get(index).isObject(), part(source, index));
            }
        } else {
            mergeOne(keyLine, source.value().isObject(), source);
        }
    }

    private static Element part(Element sequence, int index) {
        return new Element(
                sequence.value().get(index), sequence.lines().elements().get(index), 1);
    }

    private void mergeOne(int keyLine, boolean isMapping, Element source) {
        if (!isMapping) {
            throw new Unreadable(
                    keyLine,
                    "\"<<\" merges something that is not a mapping",
                    "let it name a mapping, or a list of mappings");
        }
        merged.add(source);
    }

    /** How many entries its merges bring. */
    long mergedEntries() {
        return merged.stream().mapToLong(source -> source.value().size()).sum();
    }

    /** The whole mapping. */
    Element element() {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        Map<String, Lines> lines = HashMap.newHashMap(own.size());
        for (Map.Entry<String, Element> entry : own.entrySet()) {
            object.set(entry.getKey(), entry.getValue().value());
            lines.put(entry.getKey(), entry.getValue().lines());
        }
        for (Element source : merged) {
            source.value().properties().forEach(property -> object.putIfAbsent(property.getKey(), property.getValue()));
            source.lines().properties().forEach(lines::putIfAbsent);
        }
        return new Element(object, new Lines(line, List.of(), lines), size);
    }
}
