// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a node and of everything below it.
 *
 * <p>This is a second tree beside the document, because a map from pointer to line would hold one string for each of
 * the thousands of nodes of a job configuration.
 */
record NodeLocations(int line, List<NodeLocations> elements, Map<String, NodeLocations> properties) {
    static NodeLocations scalar(int line) {
        return new NodeLocations(line, List.of(), Map.of());
    }

    /** The same, on another line: a value is reported on the line of its key. */
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

    /** A node and its lines, while the document is read; the size counts every alias below it as expanded. */
    record LocatedNode(JsonNode value, NodeLocations locations, long size) {
        static LocatedNode scalar(JsonNode value, int line) {
            return new LocatedNode(value, NodeLocations.scalar(line), 1);
        }

        static LocatedNode sequence(List<LocatedNode> elements, int line) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
            List<NodeLocations> lines = new ArrayList<>(elements.size());
            long size = 1;
            for (LocatedNode element : elements) {
                array.add(element.value);
                lines.add(element.locations);
                size += element.size;
            }
            return new LocatedNode(array, new NodeLocations(line, lines, Map.of()), size);
        }

        LocatedNode withLine(int keyLine) {
            return locations.line() == keyLine ? this : new LocatedNode(value, locations.withLine(keyLine), size);
        }
    }
}
