// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.CustomDefinitionProviderV2;
import com.github.victools.jsonschema.generator.CustomPropertyDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.RoutingConfig.RepositoryRoute;
import io.kubevirt.cinotify.routing.RoutingRule;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generates the JSON Schema of the configuration file from its records. */
final class ConfigSchema {

    private ConfigSchema() {}

    static ObjectNode generate() {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(
                        JacksonOption.RESPECT_JSONPROPERTY_REQUIRED, JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE))
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES)
                .with(Option.EXTRA_OPEN_API_FORMAT_VALUES);
        builder.forTypesInGeneral()
                .withPropertySorter((first, second) -> 0)
                .withCustomDefinitionProvider(ConfigSchema::text)
                .withCustomDefinitionProvider(new RouteOrSig())
                .withCustomDefinitionProvider(ConfigSchema::mapByCause);
        builder.forFields().withCustomDefinitionProvider(ConfigSchema::oneOrList);
        return new SchemaGenerator(builder.build())
                .generateSchema(ConfigFile.class)
                .put("title", "Configuration of ci-notify");
    }

    /**
     * Without a format: the regular expressions of JSON Schema are those of JavaScript, not RE2, and its durations are ISO 8601,
     * not Go.
     */
    private static @Nullable CustomDefinition text(ResolvedType type, SchemaGenerationContext context) {
        return List.of(Pattern.class, Duration.class, LocalDateTime.class, Repository.class, URI.class)
                        .contains(type.getErasedType())
                ? new CustomDefinition(text(context), true)
                : null;
    }

    /** The generator allows any key; only the values of the enum are valid. */
    private static @Nullable CustomDefinition mapByCause(ResolvedType type, SchemaGenerationContext context) {
        boolean byCause = type.isInstanceOf(Map.class)
                && type.typeParametersFor(Map.class).getFirst().getErasedType() == Cause.class;
        if (!byCause) {
            return null;
        }
        ObjectNode map = context.getGeneratorConfig().createObjectNode().put("type", "object");
        map.set("additionalProperties", text(context));
        var values = map.putObject("propertyNames").putArray("enum");
        Stream.of(Cause.values()).map(Cause::value).forEach(values::add);
        return new CustomDefinition(map, true);
    }

    /** A rule accepts a single value in place of a list. */
    private static @Nullable CustomPropertyDefinition oneOrList(FieldScope field, SchemaGenerationContext context) {
        boolean mayBeOne = field.getDeclaringType().getErasedType() == RoutingRule.class
                && field.getType().isInstanceOf(List.class);
        if (!mayBeOne) {
            return null;
        }
        ResolvedType element = field.getType().typeParametersFor(List.class).getFirst();
        ObjectNode either = context.getGeneratorConfig().createObjectNode();
        ObjectNode list = context.getGeneratorConfig().createObjectNode().put("type", "array");
        list.set("items", context.createDefinitionReference(element));
        either.putArray("anyOf").add(context.createDefinitionReference(element)).add(list);
        return new CustomPropertyDefinition(either);
    }

    private static ObjectNode text(SchemaGenerationContext context) {
        return context.getGeneratorConfig().createObjectNode().put("type", "string");
    }

    /** {@code org/repo: compute} is short for {@code org/repo: {sig: compute}}. */
    private static final class RouteOrSig implements CustomDefinitionProviderV2 {
        @Override
        public @Nullable CustomDefinition provideCustomSchemaDefinition(
                ResolvedType type, SchemaGenerationContext context) {
            if (type.getErasedType() != RepositoryRoute.class) {
                return null;
            }
            ObjectNode either = context.getGeneratorConfig().createObjectNode();
            either.putArray("anyOf")
                    .add(text(context).put("description", "Short name of the SIG."))
                    .add(context.createStandardDefinition(type, this));
            return new CustomDefinition(
                    either, CustomDefinition.DefinitionType.INLINE, CustomDefinition.AttributeInclusion.NO);
        }
    }
}
