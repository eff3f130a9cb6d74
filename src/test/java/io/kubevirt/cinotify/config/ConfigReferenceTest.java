// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.cli.CommandLineOptions;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** docs/settings.md lists every configuration key and every option of serve. */
class ConfigReferenceTest {

    private static final Path PAGE = Path.of("docs/settings.md");
    private static final int LONGEST_EXAMPLE = 60;

    private final JsonNode schema = ConfigSchema.generate();
    private final Map<String, String> defaults = new HashMap<>();
    private final List<String> rows = new ArrayList<>();

    @Test
    void thePageIsUpToDate() throws Exception {
        JsonNode preset = YamlDocument.parse("preset", Files.readString(Path.of("config/ci-notify.yaml")))
                .root();
        defaults("", ConfigFile.class);
        rows("", schema, preset);
        String page = String.join(
                "\n",
                Stream.of(
                                List.of(
                                        "# Configuration and options",
                                        "",
                                        "Generated from the source code with `./mvnw -q test-compile surefire:test"
                                                + " -Dtest=ConfigReferenceTest -Dconfig.update=true`.",
                                        "",
                                        "## ci-notify.yaml",
                                        "",
                                        "`*` stands for a name of your choice, `[]` for each entry of a list. Keys in"
                                                + " **bold** are required.",
                                        "",
                                        "| key | description | default | in config/ci-notify.yaml |",
                                        "|---|---|---|---|"),
                                rows,
                                List.of(
                                        "",
                                        "## Options of serve",
                                        "",
                                        "| option | variable | default | description |",
                                        "|---|---|---|---|"),
                                CommandLineOptions.rowsOfServe(),
                                List.of(""))
                        .flatMap(List::stream)
                        .toList());
        if (Boolean.getBoolean("config.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("the configuration records have changed; update the page with the command in its third line")
                .hasContent(page);
    }

    private void rows(String path, JsonNode type, JsonNode example) {
        type.path("properties").properties().forEach(property -> {
            String name = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
            boolean required = Stream.of(type.path("required"))
                    .flatMap(list -> java.util.stream.StreamSupport.stream(list.spliterator(), false))
                    .anyMatch(key -> key.asText().equals(property.getKey()));
            JsonNode value = property.getValue();
            rows.add("| " + (required ? "**`" + name + "`**" : "`" + name + "`") + " | "
                    + value.path("description").asText().replace("|", "\\|") + " | " + defaults.getOrDefault(name, "")
                    + " | "
                    + shown(example.path(property.getKey())) + " |");
            below(name, value, example.path(property.getKey()));
        });
    }

    private void below(String name, JsonNode written, JsonNode example) {
        JsonNode type = resolved(written);
        if (type.has("properties")) {
            rows(name, type, example);
        }
        if (type.path("additionalProperties").isObject()) {
            below(name + ".*", type.path("additionalProperties"), first(example));
        }
        if (type.has("items")) {
            below(name + "[]", type.path("items"), first(example));
        }
        type.path("anyOf").forEach(choice -> below(name, choice, example));
    }

    private JsonNode resolved(JsonNode type) {
        return type.has("$ref")
                ? schema.at(JsonPointer.compile(type.path("$ref").asText().substring(1)))
                : type.has("allOf") ? resolved(type.at("/allOf/0")) : type;
    }

    private static JsonNode first(JsonNode example) {
        return example.isEmpty()
                ? com.fasterxml.jackson.databind.node.MissingNode.getInstance()
                : example.elements().next();
    }

    /** Defaults by the name of their row: what a record has whose keys are all absent. */
    private void defaults(String path, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            defaults(path + (generic.getRawType() == List.class ? "[]" : ".*"), arguments[arguments.length - 1]);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            Object empty = empty(record);
            for (RecordComponent component : record.getRecordComponents()) {
                JsonProperty property = component.getAccessor().getAnnotation(JsonProperty.class);
                String key = property == null || property.value().isEmpty() ? component.getName() : property.value();
                String name = path.isEmpty() ? key : path + "." + key;
                value(component, empty).ifPresent(value -> defaults.put(name, "`" + value + "`"));
                defaults(name, component.getGenericType());
            }
        }
    }

    private static @Nullable Object empty(Class<?> record) {
        try {
            return record.getConstructors()[0].newInstance(new Object[record.getRecordComponents().length]);
        } catch (ReflectiveOperationException e) {
            // A record that needs some of its keys has no defaults to show.
            return null;
        }
    }

    private static Optional<String> value(RecordComponent component, @Nullable Object empty) {
        try {
            Object value = empty == null ? null : component.getAccessor().invoke(empty);
            boolean isShown = value instanceof Number || value instanceof Boolean || value instanceof String;
            return value instanceof Duration duration
                    ? Optional.of(GoDuration.format(duration))
                    : isShown ? Optional.of(value.toString()) : Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(JsonNode example) {
        String text = example.isMissingNode() || example.isObject()
                ? ""
                : example.isTextual() ? example.asText() : example.toString();
        return text.isEmpty() || text.length() > LONGEST_EXAMPLE ? "" : "`" + text.replace("|", "\\|") + "`";
    }
}
