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
record Lines(int line, List<Lines> elements, Map<String, Lines> properties) {

    /** The lines of a scalar. */
    static Lines ofScalar(int line) {
        return new Lines(line, List.of(), Map.of());
    }

    /** The same, told as standing on another line: a value is looked for on the line of its key. */
    Lines on(int otherLine) {
        return new Lines(otherLine, elements, properties);
    }

    /** The line of the node at a pointer, or of its nearest ancestor that exists. */
    int at(JsonPointer pointer) {
        Lines here = this;
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            Lines next = here.child(rest);
            if (next == null) {
                break;
            }
            here = next;
        }
        return here.line;
    }

    private @Nullable Lines child(JsonPointer pointer) {
        int index = pointer.getMatchingIndex();
        return index >= 0 && index < elements.size()
                ? elements.get(index)
                : properties.get(pointer.getMatchingProperty());
    }
}
