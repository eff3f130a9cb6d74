// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds the YAML to records, strictly: an unknown key is a problem that names the nearest known one. */
final class ConfigBinder {

    private final YamlDocument document;
    private final Set<ConfigProblem> problems = new LinkedHashSet<>();
    private final ObjectMapper mapper;

    private ConfigBinder(YamlDocument document) {
        this.document = document;
        this.mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(new SimpleModule()
                        .addDeserializer(Pattern.class, new PatternDeserializer())
                        .addDeserializer(Duration.class, new GoDurationDeserializer()))
                .addHandler(new UnknownKeys())
                .annotationIntrospector(new RequiredKeysCheckedSeparately())
                .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
                .build();
    }

    /** @throws InvalidConfigException with every key that is unknown or missing, and every value of a wrong form */
    static ConfigFile bind(YamlDocument document) throws InvalidConfigException {
        return bind(document, ConfigFile.class);
    }

    /** @throws InvalidConfigException with every key that is unknown or missing, and every value of a wrong form */
    static <T extends Record> T bind(YamlDocument document, Class<T> form) throws InvalidConfigException {
        if (document.root().isMissingNode()) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile(document.file(), "the file is empty", "start from the preset in config/"));
        }
        return new ConfigBinder(document).bound(form);
    }

    private <T extends Record> T bound(Class<T> form) throws InvalidConfigException {
        problems.addAll(new RequiredKeys(document).missingIn(form));
        JsonNode tree = document.root().deepCopy();
        @Nullable T bound = null;
        boolean done = false;
        while (!done) {
            try {
                bound = mapper.treeToValue(tree, form);
                done = true;
            } catch (JsonMappingException e) {
                BindingError misfit = BindingError.of(e, tree);
                problems.add(document.problem(misfit.pointer(), misfit.message(), misfit.hint()));
                // Jackson ends at the first misfit; without it, the reading goes on to the next.
                done = !removed(tree, misfit.pointer());
            } catch (IOException e) {
                throw new IllegalStateException("a tree in memory is read without I/O", e);
            }
        }
        if (!problems.isEmpty() || bound == null) {
            throw new InvalidConfigException(
                    problems.stream().sorted(ConfigProblem.BY_FILE_AND_LINE).toList());
        }
        return bound;
    }

    private static boolean removed(JsonNode tree, JsonPointer pointer) {
        JsonPointer last = pointer.last();
        return last != null
                && switch (tree.at(pointer.head())) {
                    case ObjectNode object -> object.remove(last.getMatchingProperty()) != null;
                    // Its place stays, so that the places of those after it do, too.
                    case ArrayNode array
                    when array.path(last.getMatchingIndex()).isObject() ->
                        array.set(last.getMatchingIndex(), array.nullNode()) != null;
                    case ArrayNode array -> removed(tree, pointer.head());
                    default -> false;
                };
    }

    /** RE2, as Prow's own configuration; compiled here so that a slip is found when the file is read. */
    private static final class PatternDeserializer extends FromStringDeserializer<Pattern> {
        private static final long serialVersionUID = 1L;

        PatternDeserializer() {
            super(Pattern.class);
        }

        @Override
        protected Pattern _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw context.weirdStringException(text, Pattern.class, e.getDescription());
            }
        }
    }

    /** Jackson would end at the first missing key; {@link RequiredKeys} tells them all. */
    private static final class RequiredKeysCheckedSeparately extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(AnnotatedMember member) {
            return null;
        }
    }

    private final class UnknownKeys extends DeserializationProblemHandler {
        @Override
        public boolean handleUnknownProperty(
                DeserializationContext context,
                JsonParser parser,
                JsonDeserializer<?> deserializer,
                Object beanOrClass,
                String name)
                throws IOException {
            Collection<Object> known = deserializer.getKnownPropertyNames();
            List<String> names = known == null
                    ? List.of()
                    : known.stream().map(String::valueOf).sorted().toList();
            problems.add(document.problem(
                    pointer(parser, name),
                    "unknown key \"" + name + "\"",
                    ClosestMatch.find(name, names)
                            .map(nearest -> "did you mean \"" + nearest + "\"?")
                            .orElse("known here: " + String.join(", ", names))));
            parser.skipChildren();
            return true;
        }

        /** The parser stands on the value, within it if it has an inside; only what is around the key has a sure path. */
        private static JsonPointer pointer(JsonParser parser, String key) {
            JsonStreamContext at = parser.getParsingContext();
            JsonStreamContext mapping = parser.currentToken().isStructStart() ? at.getParent() : at;
            return mapping.getParent().pathAsPointer().appendProperty(key);
        }
    }
}
