// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.kubevirt.cinotify.cli.CommandLineOptions;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/settings.md says of every setting and option what the program says of it. */
class ConfigReferenceTest {

    private static final Path PAGE = Path.of("docs/settings.md");
    private static final int LONGEST_EXAMPLE = 60;

    private final JsonNode schema = ConfigSchema.generate();
    private final JsonNode defaults =
            JsonMapper.builder().addModule(new JavaTimeModule()).build().valueToTree(Thresholds.DEFAULTS);
    private final List<String> rows = new ArrayList<>();

    @Test
    void thePageIsThatOfTheProgram() throws Exception {
        JsonNode preset = YamlDocument.parse("preset", Files.readString(Path.of("config/ci-notify.yaml")))
                .root();
        rows("", schema, preset);
        String page = String.join(
                "\n",
                Stream.of(
                                List.of(
                                        "# Settings and options",
                                        "",
                                        "Generated from the program: `./mvnw -q test-compile surefire:test -Dtest=SettingsReferenceTest"
                                                + " -Dsettings.update=true`.",
                                        "",
                                        "## ci-notify.yaml",
                                        "",
                                        "A `*` stands for a name of yours, `[]` for each entry of a list. **Bold** must be there.",
                                        "",
                                        "| setting | what it is | default | in the preset |",
                                        "|---|---|---|---|"),
                                rows,
                                List.of(
                                        "",
                                        "## Options of serve",
                                        "",
                                        "| option | variable | default | what it is |",
                                        "|---|---|---|---|"),
                                CommandLineOptions.rowsOfServe(),
                                List.of(""))
                        .flatMap(List::stream)
                        .toList());
        if (Boolean.getBoolean("settings.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE)
                .as("settings have changed; write the page anew as its first lines say")
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
                    + value.path("description").asText().replace("|", "\\|") + " | " + standard(name) + " | "
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

    private String standard(String name) {
        if (!name.startsWith("incidents.")) {
            return "";
        }
        JsonNode value = defaults.at("/" + name.substring("incidents.".length()).replace('.', '/'));
        if (!value.isValueNode() || value.isMissingNode()) {
            return "";
        }
        boolean isTime = value.isFloatingPointNumber();
        return "`" + (isTime ? GoDuration.format(Duration.ofSeconds(value.asLong())) : value.asText()) + "`";
    }

    private static String shown(JsonNode example) {
        String text = example.isMissingNode() || example.isObject()
                ? ""
                : example.isTextual() ? example.asText() : example.toString();
        return text.isEmpty() || text.length() > LONGEST_EXAMPLE ? "" : "`" + text.replace("|", "\\|") + "`";
    }
}
