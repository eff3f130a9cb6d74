// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A node of Prow's configuration, read as Go reads it: the case of keys does not matter, and null is absent. A value of
 * the wrong type is a problem, and absent.
 */
record SettingsNode(@Nullable YamlDocument document, JsonPointer at, JsonNode node, List<ConfigProblem> problems) {
    static SettingsNode root(YamlDocument document, List<ConfigProblem> problems) {
        SettingsNode root = new SettingsNode(document, JsonPointer.empty(), document.root(), problems);
        root.expect(document.root().isObject(), "a mapping");
        return root;
    }

    /** A node without a file; its problems are dropped. */
    static SettingsNode of(JsonNode node) {
        return new SettingsNode(null, JsonPointer.empty(), node, new ArrayList<>());
    }

    static SettingsNode missing() {
        return of(MissingNode.getInstance());
    }

    boolean isPresent() {
        return !node.isMissingNode() && !node.isNull();
    }

    int line() {
        Integer line = document == null ? null : document.line(at);
        return line == null ? 1 : line;
    }

    /** A value of a mapping; missing if this is none, which is then a problem. */
    SettingsNode child(String key) {
        String name = node.has(key)
                ? key
                : node.properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(key::equalsIgnoreCase)
                        .findFirst()
                        .orElse(key);
        SettingsNode child = new SettingsNode(document, at.appendProperty(name), node.path(name), problems);
        return expect(node.isObject(), "a mapping")
                ? child
                : new SettingsNode(document, at, MissingNode.getInstance(), problems);
    }

    Map<String, SettingsNode> entries() {
        Map<String, SettingsNode> entries = new LinkedHashMap<>();
        expect(node.isObject(), "a mapping");
        node.properties().forEach(entry -> entries.put(entry.getKey(), child(entry.getKey())));
        return entries;
    }

    List<SettingsNode> elements(String key) {
        SettingsNode list = child(key);
        List<SettingsNode> elements = new ArrayList<>();
        if (list.expect(list.node.isArray(), "a list")) {
            for (int index = 0; index < list.node.size(); index++) {
                elements.add(new SettingsNode(document, list.at.appendIndex(index), list.node.path(index), problems));
            }
        }
        return elements;
    }

    /** The texts of a mapping. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        entries().keySet().forEach(key -> {
            String text = text(key);
            if (text != null) {
                texts.put(key, text);
            }
        });
        return texts;
    }

    /** The texts of a mapping that are not empty. */
    Map<String, String> setTexts() {
        Map<String, String> texts = texts();
        texts.values().removeIf(String::isEmpty);
        return texts;
    }

    List<String> list(String key) {
        return elements(key).stream()
                .filter(element -> element.expect(element.node.isValueNode(), "text"))
                .map(element -> element.node.asText())
                .toList();
    }

    @Nullable String text(String key) {
        SettingsNode child = child(key);
        boolean isText = child.expect(child.node.isValueNode() || !child.isPresent(), "text");
        return isText && child.isPresent() ? child.node.asText() : null;
    }

    /** The text, where empty text is not set. */
    @Nullable String setText(String key) {
        String text = text(key);
        return text == null || text.isEmpty() ? null : text;
    }

    String textOr(String key, String otherwise) {
        String text = text(key);
        return text == null ? otherwise : text;
    }

    @Nullable Boolean flag(String key) {
        SettingsNode child = child(key);
        return child.expect(child.node.isBoolean(), "true or false") && child.node.isBoolean()
                ? Boolean.valueOf(child.node.booleanValue())
                : null;
    }

    boolean isTrue(String key) {
        return Boolean.TRUE.equals(flag(key));
    }

    /** Whether a condition holds or the node is absent; reports a present node that is something else. */
    private boolean expect(boolean condition, String expected) {
        if (!condition && isPresent()) {
            report("an invalid value", "write " + expected + " there");
        }
        return condition || !isPresent();
    }

    void report(String problem, String hint, String... below) {
        JsonPointer pointer = JsonPointers.append(at, (Object[]) below);
        if (document != null) {
            ConfigProblem found = document.problem(pointer, JsonPointers.messagePrefix(pointer) + problem, hint);
            if (!problems.contains(found)) {
                problems.add(found);
            }
        }
    }
}
