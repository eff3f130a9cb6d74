// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds entries to a YAML text and leaves every other line as people wrote it. An edit applies only if the result reads as
 * the old document with the entries.
 */
public final class YamlAdditions {
    private final String file;
    private YamlDocument document;
    private List<String> lines;

    /** @throws InvalidConfigException if the text is not YAML */
    public YamlAdditions(String file, String text) throws InvalidConfigException {
        this.file = file;
        this.document = YamlDocument.parse(file, text);
        this.lines = text.lines().toList();
    }

    public String text() {
        return String.join("\n", lines) + "\n";
    }

    public JsonNode root() {
        return document.root();
    }

    /**
     * Adds texts to a list below the root, in flow or block style.
     *
     * @return false if the layout is not understood and nothing has changed
     */
    public boolean addToList(List<String> entries, Object... path) {
        JsonPointer at = JsonPointers.of(path);
        JsonNode list = root().at(at);
        Integer line = document.line(at);
        if (!list.isArray() || list.isEmpty() || line == null) {
            return false;
        }
        ObjectNode expected = root().deepCopy();
        entries.forEach(((ArrayNode) expected.at(at))::add);
        List<String> edited = new ArrayList<>(lines);
        String first = lines.get(line - 1);
        int close = first.indexOf(']');
        if (first.contains("[") && close > 0) {
            edited.set(
                    line - 1, first.substring(0, close) + ", " + String.join(", ", entries) + first.substring(close));
        } else {
            int last = lastLine(list, at);
            Integer item = document.line(at.appendIndex(0));
            String indent = indent(lines.get((item == null ? line : item) - 1));
            entries.forEach(entry -> edited.add(last + entries.indexOf(entry), indent + "- " + entry));
        }
        return apply(edited, expected);
    }

    /**
     * Adds lines {@code key: value  # comment} to a mapping below the root, which is added if it is absent.
     *
     * @param comments by key
     * @return false if the layout is not understood and nothing has changed
     */
    public boolean addToMapping(SequencedMap<String, String> entries, Map<String, String> comments, Object... path) {
        JsonPointer at = JsonPointers.of(path);
        JsonNode mapping = root().at(at);
        ObjectNode expected = root().deepCopy();
        JsonNode parent = expected.at(at.head());
        if (!parent.isObject() || !(mapping.isObject() || mapping.isMissingNode() || mapping.isNull())) {
            return false;
        }
        String key = path[path.length - 1].toString();
        ObjectNode target = mapping.isObject() ? (ObjectNode) expected.at(at) : ((ObjectNode) parent).putObject(key);
        entries.forEach(target::put);
        List<String> edited = new ArrayList<>(lines);
        @Nullable String indent = mapping.isEmpty()
                ? emptyMapping(edited, at, key, path.length == 1)
                : blockIndent(mapping, at).orElse(null);
        if (indent == null) {
            return false;
        }
        int after = mapping.isEmpty() ? lineOf(edited, key, path.length == 1) + 1 : lastLine(mapping, at);
        List<String> added = entries.entrySet().stream()
                .map(entry -> indent + entry.getKey() + ": " + entry.getValue()
                        + Optional.ofNullable(comments.get(entry.getKey()))
                                .map(comment -> "  # " + comment)
                                .orElse(""))
                .toList();
        edited.addAll(after, added);
        return apply(edited, expected);
    }

    /** The indentation of the entries of a mapping in block style. */
    private Optional<String> blockIndent(JsonNode mapping, JsonPointer at) {
        Map.Entry<String, JsonNode> first = mapping.properties().iterator().next();
        Integer line = document.line(at.appendProperty(first.getKey()));
        String text = line == null ? "" : lines.get(line - 1);
        return text.strip().startsWith("{") || !text.replace("\"", "").contains(first.getKey() + ":")
                ? Optional.empty()
                : Optional.of(indent(text));
    }

    /** Prepares the line of an empty or absent mapping; returns the indentation of its entries. */
    private @Nullable String emptyMapping(List<String> edited, JsonPointer at, String key, boolean isTop) {
        int line = lineOf(edited, key, isTop);
        if (line >= 0) {
            String text = edited.get(line);
            edited.set(line, text.replaceFirst(":\\s*(\\{\\s*}|~|null)?", ":"));
            return indent(text) + "  ";
        }
        if (isTop) {
            edited.add(key + ":");
            return "  ";
        }
        Integer parent = document.line(at.head());
        JsonNode siblings = root().at(at.head());
        if (parent == null || siblings.isEmpty()) {
            return null;
        }
        String indent = blockIndent(siblings, at.head()).orElse(null);
        if (indent != null) {
            edited.add(lastLine(siblings, at.head()), indent + key + ":");
        }
        return indent == null ? null : indent + "  ";
    }

    /** The index of the line with a key; -1 for none. */
    private static int lineOf(List<String> lines, String key, boolean isTop) {
        for (int index = lines.size() - 1; index >= 0; index--) {
            String line = isTop ? lines.get(index) : lines.get(index).strip();
            if (line.startsWith(key + ":")) {
                return index;
            }
        }
        return -1;
    }

    /** The last line of a node, counted from 1. */
    private int lastLine(JsonNode node, JsonPointer at) {
        Integer own = document.line(at);
        int last = own == null ? 0 : own;
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            last = Math.max(last, lastLine(entry.getValue(), at.appendProperty(entry.getKey())));
        }
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            last = Math.max(last, lastLine(node.get(index), at.appendIndex(index)));
        }
        return last;
    }

    private static String indent(String line) {
        return line.substring(0, line.length() - line.stripLeading().length());
    }

    private boolean apply(List<String> edited, JsonNode expected) {
        try {
            YamlDocument result = YamlDocument.parse(file, String.join("\n", edited) + "\n");
            if (!result.root().equals(expected)) {
                return false;
            }
            document = result;
            lines = List.copyOf(edited);
            return true;
        } catch (InvalidConfigException e) {
            return false;
        }
    }
}
