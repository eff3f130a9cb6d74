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
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/**
 * Trees that nobody should send: the right fields with anything in them, anywhere.
 *
 * @param fields the names that the reader under test looks for
 * @param words texts that mean something to it
 */
record HostileJson(Random random, List<String> fields, List<String> words) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    JsonNode tree(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(random.nextDouble());
            case 4, 5, 6 -> JSON.textNode(words.get(random.nextInt(words.size())));
            case 7 -> {
                ArrayNode array = JSON.arrayNode();
                for (int size = random.nextInt(4); size > 0; size--) {
                    array.add(tree(depth - 1));
                }
                yield array;
            }
            default -> {
                ObjectNode object = JSON.objectNode();
                for (int size = random.nextInt(10); size > 0; size--) {
                    object.set(field(), tree(depth - 1));
                }
                yield object;
            }
        };
    }

    /** Puts anything into one to three places of a sample. */
    void spoil(ObjectNode sample) {
        for (int edits = 1 + random.nextInt(3); edits > 0; edits--) {
            List<JsonNode> objects = sample.findParents(field());
            JsonNode target = objects.isEmpty() ? sample : objects.get(random.nextInt(objects.size()));
            if (target instanceof ObjectNode object) {
                object.set(field(), tree(2));
            }
        }
    }

    private String field() {
        return fields.get(random.nextInt(fields.size()));
    }
}
