// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
