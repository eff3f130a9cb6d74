// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a node of a document and everything below it stand.
 *
 * <p>A tree beside the tree: a map from pointer to line would keep a pointer, which is a text, for each of the many
 * thousand nodes of a job configuration.
 *
 * @param line counted from 1
 * @param elements the elements of a sequence
 * @param properties the values of a mapping
 */
record NodeLocations(int line, List<NodeLocations> elements, Map<String, NodeLocations> properties) {

    /** The lines of a scalar. */
    static NodeLocations scalar(int line) {
        return new NodeLocations(line, List.of(), Map.of());
    }

    /** The same, told as standing on another line: a value is looked for on the line of its key. */
    NodeLocations withLine(int otherLine) {
        return new NodeLocations(otherLine, elements, properties);
    }

    /** The line of the node at a pointer, or of its nearest ancestor that exists. */
    int lineAt(JsonPointer pointer) {
        NodeLocations here = this;
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            NodeLocations next = here.child(rest);
            if (next == null) {
                break;
            }
            here = next;
        }
        return here.line;
    }

    private @Nullable NodeLocations child(JsonPointer pointer) {
        int index = pointer.getMatchingIndex();
        return index >= 0 && index < elements.size()
                ? elements.get(index)
                : properties.get(pointer.getMatchingProperty());
    }
}
