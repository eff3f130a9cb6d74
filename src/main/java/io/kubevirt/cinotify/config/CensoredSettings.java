// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings for people who may not see them: numbers, switches, times and the words of the schema stay, and any other text or key
 * is a name such as {@code [3]}, the same one wherever it stands. Names are not chosen by what looks private, so none is forgotten.
 */
public final class CensoredSettings {
    /** A longer number may be an id. */
    private static final Pattern VALUE =
            Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,6})?(ms|s|m|h|d|%)?|[0-9]{2}:[0-9]{2}(-[0-9]{2}:[0-9]{2})?");

    /** A shorter one would garble every text that has it by chance. */
    private static final int MIN_LENGTH = 4;

    private final Set<String> words = new HashSet<>();
    private final Map<String, String> names = new LinkedHashMap<>();

    public CensoredSettings() {
        try (InputStream schema = CensoredSettings.class.getResourceAsStream("/ci-notify.schema.json")) {
            collectWords(new ObjectMapper().readTree(Objects.requireNonNull(schema)));
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the schema of the settings", e);
        }
    }

    private void collectWords(JsonNode schema) {
        schema.path("properties").fieldNames().forEachRemaining(words::add);
        schema.path("enum").forEach(word -> words.add(word.asText()));
        schema.forEach(this::collectWords);
    }

    /** @throws InvalidConfigException if the file is no YAML; what the values mean is not checked */
    public JsonNode read(Path directory) throws InvalidConfigException, IOException {
        Path file = directory.resolve(ConfigLoader.FILE);
        return censor(
                YamlDocument.parse(file.toString(), Files.readString(file)).root());
    }

    private JsonNode censor(JsonNode node) {
        if (node.isObject()) {
            ObjectNode censored = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(entry -> censored.set(name(entry.getKey()), censor(entry.getValue())));
            return censored;
        }
        if (node.isArray()) {
            ArrayNode censored = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> censored.add(censor(element)));
            return censored;
        }
        if (node.isBoolean() || node.isNull() || VALUE.matcher(node.asText()).matches()) {
            return node;
        }
        return JsonNodeFactory.instance.textNode(name(node.asText()));
    }

    /** The text itself if the schema has it, else its name. */
    public String name(String text) {
        return words.contains(text) ? text : names.computeIfAbsent(text, any -> "[" + (names.size() + 1) + "]");
    }

    /** Another text without what the settings contain, and without secrets. */
    public String censor(String text) {
        String censored = Secrets.censor(text);
        List<String> longestFirst = names.keySet().stream()
                .filter(name -> name.length() >= MIN_LENGTH)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String each : longestFirst) {
            censored = censored.replace(each, Objects.requireNonNull(names.get(each)));
        }
        return censored;
    }
}
