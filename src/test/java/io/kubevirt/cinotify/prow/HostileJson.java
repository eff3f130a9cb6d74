// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/**
 * Generates invalid payloads: the right fields with arbitrary values at arbitrary places.
 *
 * @param fields the field names that the parser under test reads
 * @param texts texts with a meaning for the parser
 */
record HostileJson(Random random, List<String> fields, List<String> texts) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    JsonNode tree(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 7)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextLong());
            case 3 -> JSON.numberNode(random.nextDouble());
            case 4, 5, 6 -> JSON.textNode(texts.get(random.nextInt(texts.size())));
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

    /** Replaces one to three random parts of a sample. */
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
