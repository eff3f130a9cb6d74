// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds missing and empty required keys, and empty entries of lists and mappings. */
final class RequiredKeys {
    private final YamlDocument document;
    private final List<ConfigProblem> problems = new ArrayList<>();

    RequiredKeys(YamlDocument document) {
        this.document = document;
    }

    List<ConfigProblem> missingIn(Class<? extends Record> type) {
        visit(document.root(), type, JsonPointer.empty());
        return problems;
    }

    private void visit(JsonNode node, Type type, JsonPointer at) {
        if (type instanceof Class<?> shape && shape.isRecord() && node.isObject()) {
            for (RecordComponent component : shape.getRecordComponents()) {
                component(node, component, at);
            }
        } else if (type instanceof ParameterizedType several) {
            Type entry = several.getActualTypeArguments()[several.getActualTypeArguments().length - 1];
            for (Map.Entry<JsonNode, JsonPointer> child : children(node, at)) {
                if (child.getKey().isNull()) {
                    report(child.getValue(), "is empty", "add a value, or remove the entry");
                } else {
                    visit(child.getKey(), entry, child.getValue());
                }
            }
        }
    }

    private void component(JsonNode node, RecordComponent component, JsonPointer at) {
        @Nullable JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
        String key = property == null || property.value().isEmpty() ? component.getName() : property.value();
        JsonNode value = node.path(key);
        if (value.isMissingNode() || value.isNull()) {
            if (property != null && property.required()) {
                problems.add(document.problem(
                        at.appendProperty(key),
                        JsonPointers.messagePrefix(at) + "\"" + key + "\" is " + (value.isNull() ? "empty" : "missing"),
                        (value.isNull() ? "add a value" : "add it") + ", see docs/settings.md"));
            }
        } else {
            visit(value, component.getGenericType(), at.appendProperty(key));
        }
    }

    private static List<Map.Entry<JsonNode, JsonPointer>> children(JsonNode node, JsonPointer at) {
        List<Map.Entry<JsonNode, JsonPointer>> children = new ArrayList<>();
        node.properties()
                .forEach(child -> children.add(Map.entry(child.getValue(), at.appendProperty(child.getKey()))));
        for (int index = 0; index < (node.isArray() ? node.size() : 0); index++) {
            children.add(Map.entry(node.get(index), at.appendIndex(index)));
        }
        return children;
    }

    private void report(JsonPointer at, String problem, String hint) {
        problems.add(document.problem(at, JsonPointers.messagePrefix(at) + problem, hint));
    }
}
