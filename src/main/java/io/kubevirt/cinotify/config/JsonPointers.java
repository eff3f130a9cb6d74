// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.core.JsonPointer;

/** Writes down where a node stands in the settings. */
final class JsonPointers {

    private JsonPointers() {}

    /** From the root down; numbers are indexes of lists. */
    static JsonPointer of(Object... steps) {
        JsonPointer pointer = JsonPointer.empty();
        for (Object step : steps) {
            pointer = step instanceof Integer index
                    ? pointer.appendIndex(index)
                    : pointer.appendProperty(step.toString());
        }
        return pointer;
    }

    /** What a sentence about a node begins with: {@code routing.rules[3].job: }, or nothing for the root. */
    static String messagePrefix(JsonPointer pointer) {
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
