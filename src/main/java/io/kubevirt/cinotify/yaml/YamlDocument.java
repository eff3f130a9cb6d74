// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A YAML document as a tree, with anchors and {@code <<} merges resolved, that remembers on which line each node stands.
 *
 * <p>Jackson's own YAML module neither applies merge keys nor keeps lines; both are needed to read Prow's job
 * configuration and to tell people where their slip is.
 *
 * <p>A plain scalar becomes null ({@code ~}, {@code null}, nothing), a boolean ({@code true}, {@code yes}, {@code on} and
 * their opposites), an integer (decimal, without leading zeros), or else text exactly as it was written: {@code 1.30},
 * {@code 09:30}, {@code 010} and {@code 1_000} lose nothing. A quoted scalar is always text, and so is every key.
 */
public final class YamlDocument {

    private final String file;
    private final JsonNode root;
    private final @Nullable NodeLocations locations;

    YamlDocument(String file, JsonNode root, @Nullable NodeLocations lines) {
        this.file = file;
        this.root = root;
        this.locations = lines;
    }

    /**
     * Reads a text that holds one YAML document.
     *
     * @param file how to name the text in problems
     * @throws InvalidConfigException if it is not YAML, is nested too deep, repeats a key, refers to itself, grows out of bounds
     *     when its aliases are followed, or holds a second document; with the line where it breaks
     */
    public static YamlDocument parse(String file, String text) throws InvalidConfigException {
        return new YamlReader(file).read(text);
    }

    /** How the document is named in problems. */
    public String file() {
        return file;
    }

    /**
     * The content, to be read only, because an aliased part is one object wherever it appears; a missing node for an empty
     * document.
     */
    public JsonNode root() {
        return root;
    }

    /** The line of a node, counted from 1; of its nearest ancestor where the node itself is unknown; null for none. */
    public @Nullable Integer line(JsonPointer pointer) {
        return locations == null ? null : locations.lineAt(pointer);
    }

    /** A problem with the node at a pointer. */
    public ConfigProblem problem(JsonPointer pointer, String problem, String mend) {
        return new ConfigProblem(file, line(pointer), problem, mend);
    }
}
