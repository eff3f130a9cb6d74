// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A YAML document as a tree, with anchors and {@code <<} merges resolved, and the line of each node.
 *
 * <p>Jackson's YAML module neither applies merge keys nor keeps lines. Both are needed: for Prow's job configuration,
 * and to report problems by line.
 *
 * <p>A plain scalar becomes null ({@code ~}, {@code null}, nothing), a boolean ({@code true}, {@code yes}, {@code on}
 * and their opposites), an integer (decimal, without leading zeros), or else text exactly as written: {@code 1.30},
 * {@code 09:30}, {@code 010} and {@code 1_000} are not changed. A quoted scalar is always text, and so is every key.
 */
public final class YamlDocument {
    private static final Pattern TAB_AFTER_TEXT = Pattern.compile("([^\\s])\\t+");

    private final String file;
    private final JsonNode root;
    private final @Nullable NodeLocations locations;

    YamlDocument(String file, JsonNode root, @Nullable NodeLocations lines) {
        this.file = file;
        this.root = root;
        this.locations = lines;
    }

    /**
     * Parses a text with one YAML document.
     *
     * @throws InvalidConfigException with the line, if the text is not YAML, is nested too deep, repeats a key, refers
     *     to itself, grows too large when its aliases are expanded, or holds a second document
     */
    public static YamlDocument parse(String file, String text) throws InvalidConfigException {
        return new YamlReader(file, false).read(text);
    }

    /**
     * Parses a text as Prow does, which uses sigs.k8s.io/yaml: only the first document counts, the last value of a
     * repeated key wins, a merge overrides the keys above it, numbers and booleans are those of YAML 1.1, and tabs may
     * separate words. A number as text is written as Go writes it: {@code 1.30} is {@code 1.3}.
     */
    public static YamlDocument parseAsProw(String file, String text) throws InvalidConfigException {
        try {
            return new YamlReader(file, true).read(text);
        } catch (InvalidConfigException e) {
            String spaced = TAB_AFTER_TEXT.matcher(text).replaceAll("$1 ");
            if (spaced.equals(text)) {
                throw e;
            }
            return new YamlReader(file, true).read(spaced);
        }
    }

    /** Checks only the syntax of a part of a document, whose aliases may refer to the rest. */
    public static void checkSyntax(String file, String text) throws InvalidConfigException {
        new YamlReader(file, true).check(text);
    }

    public String file() {
        return file;
    }

    /** A missing node for an empty document. Do not modify it: an aliased part is one object wherever it appears. */
    public JsonNode root() {
        return root;
    }

    /** The line of a node, counted from 1, or of its nearest known ancestor; null if the document is empty. */
    public @Nullable Integer line(JsonPointer pointer) {
        return locations == null ? null : locations.lineAt(pointer);
    }

    public ConfigProblem problem(JsonPointer pointer, String problem, String hint) {
        return new ConfigProblem(file, line(pointer), problem, hint);
    }
}
