// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigSchemaTest {

    private static final Path COMMITTED = Path.of("config/ci-notify.schema.json");
    private static final String REGENERATE =
            "./mvnw -q test-compile surefire:test -Dtest=ConfigSchemaTest -Dconfig.update=true";

    private final ObjectNode schema = ConfigSchema.generate();

    @Test
    void theCommittedSchemaIsUpToDate() throws Exception {
        String generated = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(schema) + "\n";
        if (Boolean.getBoolean("config.update")) {
            Files.writeString(COMMITTED, generated);
        }
        assertThat(COMMITTED)
                .as("the configuration records have changed; regenerate the schema with: " + REGENERATE)
                .hasContent(generated);
    }

    @Test
    void everyKeyIsDescribed() {
        List<String> undescribed = new ArrayList<>();
        collectWithoutDescription("", schema, undescribed);
        assertThat(undescribed).isEmpty();
    }

    @Test
    void thePresetIsValidByTheSchema() throws Exception {
        String preset = Files.readString(Path.of("config/ci-notify.yaml"));
        assertThat(errors(preset)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "routing: {rules: [{name: a, sig: b, because: c, job: x, type: periodic}], default: {sig: a, area: b}}"
                        + " | true",
                "routing: {rules: [{name: a, sig: b, because: c, job: x, type: [periodic, batch]}], default: {sig: a,"
                        + " area: b}} | true",
                "routing: {rules: [{name: a, sig: b, because: c, job: x, type: nightly}], default: {sig: a, area: b}}"
                        + " | false",
                "routing: {rules: [{name: a, sig: b, because: c, jobs: x}], default: {sig: a, area: b}} | false",
                "routing: {rules: [{name: a, sig: b}], default: {sig: a, area: b}} | false",
                "routing: {rules: [{name: a, sig: b, because: c, cause: flake}], default: {sig: a, area: b}} | false",
                "routing: {repositories: {a/b: c, d/e: {sig: f, area: g}}, default: {sig: a, area: b}} | true",
                "routing: {repositories: {a/b: [c]}, default: {sig: a, area: b}} | false",
                "routing: {rules: []} | false",
                "routing: {default: {sig: a, area: b}, rulez: []} | false",
            })
    void theSchemaAgreesWithTheLoader(String routing, boolean isValid) throws Exception {
        String settings = """
            prow: {hosts: [prow.example.org], buckets: [logs], annotationPrefix: example.org}
            areas: {support: {}}
            roster: {document: group.md, sigs: sigs.yaml}
            diagnosis: {areas: {config: support}}
            """ + routing;
        assertThat(errors(settings).isEmpty()).as(routing).isEqualTo(isValid);
        assertThat(binds(settings)).as(routing).isEqualTo(isValid);
    }

    @Test
    void onlyCausesHaveAnAreaOfTheirOwn() throws Exception {
        String settings = """
            prow: {hosts: [prow.example.org], buckets: [logs], annotationPrefix: example.org}
            areas: {support: {}}
            roster: {document: group.md, sigs: sigs.yaml}
            diagnosis: {areas: {weather: support}}
            routing: {default: {sig: a, area: support}}
            """;
        assertThat(errors(settings)).isNotEmpty();
        assertThat(binds(settings)).isFalse();
    }

    private List<Error> errors(String settings) throws Exception {
        Schema validator = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema.toString(), InputFormat.JSON);
        return validator.validate(
                YamlDocument.parse("ci-notify.yaml", settings).root().toString(), InputFormat.JSON);
    }

    private static boolean binds(String settings) throws Exception {
        try {
            ConfigBinder.bind(YamlDocument.parse("ci-notify.yaml", settings));
            return true;
        } catch (io.kubevirt.cinotify.yaml.InvalidConfigException e) {
            return false;
        }
    }

    private static void collectWithoutDescription(String path, JsonNode node, List<String> undescribed) {
        node.path("properties").properties().forEach(property -> {
            if (!property.getValue().has("description")) {
                undescribed.add(path + "/" + property.getKey());
            }
        });
        node.properties()
                .forEach(
                        child -> collectWithoutDescription(path + "/" + child.getKey(), child.getValue(), undescribed));
        node.elements().forEachRemaining(child -> {
            if (node.isArray()) {
                collectWithoutDescription(path, child, undescribed);
            }
        });
    }
}
