// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The YAML mapping of one job. A value of the wrong type is reported as a problem and treated as absent. Text may also
 * be a boolean or a number, as in Prow.
 */
record JobNode(YamlDocument document, JsonPointer at, JsonNode node, List<ConfigProblem> problems) {

    int line() {
        Integer line = document.line(at);
        return line == null ? 1 : line;
    }

    boolean has(String key) {
        return node.hasNonNull(key);
    }

    @Nullable
    String text(String key) {
        JsonNode value = node.path(key);
        if (isAbsent(value) || value.isValueNode()) {
            return isAbsent(value) ? null : value.asText();
        }
        return reportProblem(key, "text");
    }

    @Nullable
    Boolean flag(String key) {
        JsonNode value = node.path(key);
        if (isAbsent(value) || value.isBoolean()) {
            return isAbsent(value) ? null : Boolean.valueOf(value.booleanValue());
        }
        return reportProblem(key, "true or false");
    }

    int count(String key) {
        JsonNode value = node.path(key);
        if (isAbsent(value) || value.canConvertToInt()) {
            return value.asInt(0);
        }
        reportProblem(key, "a number");
        return 0;
    }

    List<String> texts(String key) {
        JsonNode value = node.path(key);
        List<String> texts = new ArrayList<>();
        boolean isList = value.isArray();
        for (JsonNode item : value) {
            isList &= item.isValueNode();
            texts.add(item.asText());
        }
        if (!isAbsent(value) && !isList) {
            reportProblem(key, "a list of texts");
            return List.of();
        }
        return texts;
    }

    Map<String, String> pairs(String key) {
        Map<String, String> pairs = new LinkedHashMap<>();
        JsonNode value = node.path(key);
        if (!isAbsent(value) && !value.isObject()) {
            reportProblem(key, "a mapping of texts");
        }
        value.properties().forEach(pair -> {
            if (pair.getValue().isValueNode()) {
                pairs.put(pair.getKey(), pair.getValue().asText(""));
            } else {
                reportProblem(key + "/" + pair.getKey(), "text");
            }
        });
        return pairs;
    }

    /** Reports a problem with the value of a key. Returns null, so that the value counts as absent. */
    <T> @Nullable T reportProblem(String key, String expected) {
        JsonPointer pointer = at;
        for (String step : key.split("/", 2)) {
            pointer = pointer.appendProperty(step);
        }
        problems.add(document.problem(
                pointer, "\"" + key + "\" of a job has an invalid value", "write " + expected + " there"));
        return null;
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
