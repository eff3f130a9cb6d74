// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.core.JsonPointer;

/** Builds pointers to nodes of a document, and writes them in the notation of problems. */
public final class JsonPointers {
    private JsonPointers() {}

    /** A pointer from the root down; integers are list indexes. */
    public static JsonPointer of(Object... steps) {
        return append(JsonPointer.empty(), steps);
    }

    public static JsonPointer append(JsonPointer parent, Object... steps) {
        JsonPointer pointer = parent;
        for (Object step : steps) {
            pointer = step instanceof Integer index
                    ? pointer.appendIndex(index)
                    : pointer.appendProperty(step.toString());
        }
        return pointer;
    }

    /** The start of a sentence about a node: {@code routing.rules[3].job: }; empty for the root. */
    public static String messagePrefix(JsonPointer pointer) {
        StringBuilder path = new StringBuilder();
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            if (rest.mayMatchElement()) {
                path.append('[').append(rest.getMatchingIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(rest.getMatchingProperty());
            }
        }
        return path.isEmpty() ? "" : path + ": ";
    }
}
