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

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One job's mapping in its file. A value of the wrong type is noted as a problem and read as absent. Words are taken from
 * booleans and numbers too, as Prow does it.
 *
 * @param document the file
 * @param at where in it
 * @param node the mapping
 * @param problems where to note what is wrong
 */
record JobNode(YamlDocument document, JsonPointer at, JsonNode node, List<Problem> problems) {

    int line() {
        Integer line = document.line(at);
        return line == null ? 1 : line;
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    @Nullable String word(String key) {
        JsonNode value = node.path(key);
        if (isAbsent(value) || value.isValueNode()) {
            return isAbsent(value) ? null : value.asText();
        }
        return wrong(key, "text");
    }

    @Nullable Boolean flag(String key) {
        JsonNode value = node.path(key);
        if (isAbsent(value) || value.isBoolean()) {
            return isAbsent(value) ? null : Boolean.valueOf(value.booleanValue());
        }
        return wrong(key, "true or false");
    }

    int count(String key) {
        JsonNode value = node.path(key);
        if (isAbsent(value) || value.canConvertToInt()) {
            return value.asInt(0);
        }
        wrong(key, "a number");
        return 0;
    }

    List<String> words(String key) {
        JsonNode value = node.path(key);
        List<String> words = new ArrayList<>();
        boolean isList = value.isArray();
        for (JsonNode word : value) {
            isList &= word.isValueNode();
            words.add(word.asText());
        }
        if (!isAbsent(value) && !isList) {
            wrong(key, "a list of texts");
            return List.of();
        }
        return words;
    }

    Map<String, String> pairs(String key) {
        Map<String, String> pairs = new LinkedHashMap<>();
        JsonNode value = node.path(key);
        if (!isAbsent(value) && !value.isObject()) {
            wrong(key, "a mapping of texts");
        }
        value.properties().forEach(pair -> {
            if (pair.getValue().isValueNode()) {
                pairs.put(pair.getKey(), pair.getValue().asText(""));
            } else {
                wrong(key + "/" + pair.getKey(), "text");
            }
        });
        return pairs;
    }

    /** Notes a problem with the value of a key; null, to be read as absent. */
    <T> @Nullable T wrong(String key, String expected) {
        JsonPointer pointer = at;
        for (String step : key.split("/", 2)) {
            pointer = pointer.appendProperty(step);
        }
        problems.add(document.problem(
                pointer, "\"" + key + "\" of a job has a value that cannot be read", "write " + expected + " there"));
        return null;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
