// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.web.api.RequestProblem;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The description of the API is made from its routes and records; {@code -Dopenapi.update=true} writes it. */
class OpenApiTest {
    private static final Path FILE = Path.of("src/main/resources/board/openapi.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SchemaBuilder schemas = schemas();

    private static SchemaBuilder schemas() {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE))
                .with(Option.EXTRA_OPEN_API_FORMAT_VALUES, Option.DEFINITIONS_FOR_ALL_OBJECTS)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        builder.forTypesInGeneral()
                .withPropertySorter((first, second) -> 0)
                .withCustomDefinitionProvider((type, context) -> type.getErasedType() == Repository.class
                        ? new CustomDefinition(
                                context.getGeneratorConfig().createObjectNode().put("type", "string"), true)
                        : null);
        builder.forFields().withNullableCheck(OpenApiTest::isNullable).withRequiredCheck(field -> true);
        return new SchemaGenerator(builder.build()).buildMultipleSchemaDefinitions();
    }

    private static boolean isNullable(FieldScope field) {
        AnnotatedElement type = field.getRawMember().getAnnotatedType();
        return type.isAnnotationPresent(Nullable.class);
    }

    @Test
    void theDescriptionIsUpToDate() throws Exception {
        String written = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(description()) + "\n";
        if (Boolean.getBoolean("openapi.update")) {
            Files.writeString(FILE, written);
        }
        assertThat(FILE)
                .as("routes or records of the API have changed; run this test with -Dopenapi.update=true")
                .hasContent(written);
    }

    private ObjectNode description() {
        ObjectNode api = JSON.createObjectNode().put("openapi", "3.1.0");
        api.putObject("info")
                .put("title", "ci-notify")
                .put("version", "1")
                .put(
                        "description",
                        "Incidents of CI, the roster and counts. Within v1 fields are added, never changed.");
        api.putArray("servers").addObject().put("url", ApiHandler.PREFIX);
        ObjectNode paths = api.putObject("paths");
        Endpoints.all(() -> {
                    throw new AssertionError("only read by a request");
                })
                .forEach(endpoint -> describe(paths.putObject(endpoint.path()).putObject("get"), endpoint));
        ObjectNode problem = schemas.createSchemaReference(RequestProblem.Body.class);
        api.putObject("components")
                .putObject("responses")
                .putObject("problem")
                .put("description", "What is wrong.")
                .putObject("content")
                .putObject(Answer.PROBLEM)
                .set("schema", problem);
        ((ObjectNode) api.path("components")).set("schemas", schemas.collectDefinitions("components/schemas"));
        return api;
    }

    private void describe(ObjectNode operation, Endpoint endpoint) {
        operation.put("summary", endpoint.summary());
        ArrayNode parameters = operation.putArray("parameters");
        if (endpoint.path().contains("{id}")) {
            parameter(parameters, "id", "path", "id of an incident").put("required", true);
        }
        endpoint.parameters().forEach(name -> parameter(parameters, name, "query", Endpoints.description(name)));
        ObjectNode responses = operation.putObject("responses");
        ObjectNode content =
                responses.putObject("200").put("description", "The answer.").putObject("content");
        ObjectNode item = schemas.createSchemaReference(endpoint.item());
        content.putObject(Answer.JSON).set("schema", endpoint.paged() ? page(item) : item);
        if (endpoint.parameters().contains("format")) {
            content.putObject("text/csv");
        }
        responses.putObject("default").put("$ref", "#/components/responses/problem");
    }

    private static ObjectNode parameter(ArrayNode parameters, String name, String in, String description) {
        ObjectNode parameter =
                parameters.addObject().put("name", name).put("in", in).put("description", description);
        parameter.putObject("schema").put("type", "string");
        return parameter;
    }

    private static ObjectNode page(ObjectNode item) {
        ObjectNode page = JSON.createObjectNode().put("type", "object");
        ObjectNode properties = page.putObject("properties");
        properties.putObject("items").put("type", "array").set("items", item);
        properties.putObject("next").set("type", JSON.valueToTree(new String[] {"string", "null"}));
        properties.putObject("withheld").put("type", "integer");
        return page;
    }

    @Test
    void everyParameterIsDescribed() {
        assertThat(Endpoints.all(() -> null).stream().flatMap(endpoint -> endpoint.parameters().stream()))
                .allSatisfy(name -> assertThat(Endpoints.description(name)).isNotBlank());
    }
}
