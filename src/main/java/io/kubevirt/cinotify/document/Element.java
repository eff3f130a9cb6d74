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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A node of a document while it is read.
 *
 * @param value the node
 * @param lines where it stands
 * @param size how many nodes it has when every alias below it is written out
 */
record Element(JsonNode value, Lines lines, long size) {

    static Element scalar(JsonNode value, int line) {
        return new Element(value, Lines.ofScalar(line), 1);
    }

    static Element sequence(List<Element> elements, int line) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.size());
        List<Lines> lines = new ArrayList<>(elements.size());
        long size = 1;
        for (Element element : elements) {
            array.add(element.value);
            lines.add(element.lines);
            size += element.size;
        }
        return new Element(array, new Lines(line, lines, Map.of()), size);
    }

    /** The same node as the value of a key that stands on a line. */
    Element under(int keyLine) {
        return lines.line() == keyLine ? this : new Element(value, lines.on(keyLine), size);
    }
}
