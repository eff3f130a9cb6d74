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
import com.fasterxml.jackson.databind.ObjectReader;
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
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds YAML to records and reports every unknown, renamed and missing key and every value of the wrong type. */
final class ConfigBinder {
    /** Old keys, with the new key in each block that had them. */
    private static final Map<String, List<String>> RENAMED = Map.ofEntries(
            Map.entry("akin", List.of("relatedLabels")),
            Map.entry("every", List.of("interval")),
            Map.entry("everywhere", List.of("affectsAllRepositories")),
            Map.entry("forgotten", List.of("newAfter")),
            Map.entry("goesOnWithin", List.of("resumeWithin")),
            Map.entry("patience", List.of("gracePeriod")),
            Map.entry("pileUp", List.of("outageFamilies")),
            Map.entry("place", List.of("destination")),
            Map.entry("quiet", List.of("presubmitsAfter")),
            Map.entry("spares", List.of("nonMatches")),
            Map.entry("speakAgainAfter", List.of("notifyAgainAfter")),
            Map.entry("stale", List.of("othersAfter")),
            Map.entry("suspicion", List.of("suspectWindow")),
            Map.entry("usually", List.of("usualDuration")),
            Map.entry("words", List.of("summary", "text", "title")));

    /** Keeps the deserializers of the records: building them takes longer than binding a file. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addDeserializer(Pattern.class, new PatternDeserializer())
                    .addDeserializer(Duration.class, new DurationDeserializer()))
            .annotationIntrospector(new RequiredKeysCheckedSeparately())
            .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
            .build();

    private final YamlDocument document;
    private final Set<ConfigProblem> problems = new LinkedHashSet<>();

    private ConfigBinder(YamlDocument document) {
        this.document = document;
    }

    /** @throws InvalidConfigException with all problems */
    static ConfigFile bind(YamlDocument document) throws InvalidConfigException {
        return bind(document, ConfigFile.class);
    }

    /** @throws InvalidConfigException with all problems */
    static <T extends Record> T bind(YamlDocument document, Class<T> form) throws InvalidConfigException {
        if (document.root().isMissingNode()) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    document.file(), "the file is empty", "start from config/ci-notify.yaml of the release"));
        }
        return new ConfigBinder(document).bind(form);
    }

    private <T extends Record> T bind(Class<T> form) throws InvalidConfigException {
        problems.addAll(new RequiredKeys(document).missingIn(form));
        ObjectReader reader = MAPPER.readerFor(form).withHandler(new UnknownKeys());
        JsonNode tree = document.root().deepCopy();
        @Nullable T bound = null;
        boolean done = false;
        while (!done) {
            try {
                bound = reader.readValue(tree);
                done = true;
            } catch (JsonMappingException e) {
                BindingError error = BindingError.of(e, tree);
                problems.add(document.problem(error.pointer(), error.message(), error.hint()));
                // Jackson stops at the first error; without this value it continues to the next.
                done = !removed(tree, error.pointer());
            } catch (IOException e) {
                throw new IllegalStateException("binding a tree in memory does no I/O", e);
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
                    // Keep the position, so that the indexes after it stay.
                    case ArrayNode array
                    when array.path(last.getMatchingIndex()).isObject() ->
                        array.set(last.getMatchingIndex(), array.nullNode()) != null;
                    case ArrayNode array -> removed(tree, pointer.head());
                    default -> false;
                };
    }

    /** RE2, as in Prow's configuration. */
    private static final class PatternDeserializer extends FromStringDeserializer<Pattern> {
        PatternDeserializer() {
            super(Pattern.class);
        }

        @Override
        protected Pattern _deserialize(String text, DeserializationContext context) throws IOException {
            try {
                if (!PatternSize.isAcceptable(text)) {
                    throw context.weirdStringException(text, Pattern.class, "too large");
                }
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw context.weirdStringException(text, Pattern.class, e.getDescription());
            }
        }
    }

    /** Go's format, as in Prow's configuration ({@code 1h30m}), or ISO 8601 ({@code PT1H30M}). */
    private static final class DurationDeserializer extends FromStringDeserializer<Duration> {
        DurationDeserializer() {
            super(Duration.class);
        }

        @Override
        protected Duration _deserialize(String text, DeserializationContext context) throws IOException {
            Optional<Duration> duration = GoDuration.parse(text);
            if (duration.isPresent()) {
                return duration.get();
            }
            try {
                return Duration.parse(text);
            } catch (DateTimeParseException e) {
                throw context.weirdStringException(text, Duration.class, "not a duration");
            }
        }
    }

    /** Jackson stops at the first missing key; {@link RequiredKeys} reports all of them. */
    private static final class RequiredKeysCheckedSeparately extends JacksonAnnotationIntrospector {
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
            Optional<String> renamed = RENAMED.getOrDefault(name, List.of()).stream()
                    .filter(names::contains)
                    .findFirst();
            if (renamed.isPresent()) {
                problems.add(document.problem(
                        pointer(parser, name),
                        "the key \"" + name + "\" was renamed to \"" + renamed.get() + "\"",
                        "use \"" + renamed.get() + "\""));
                parser.skipChildren();
                return true;
            }
            problems.add(document.problem(
                    pointer(parser, name),
                    "unknown key \"" + name + "\"",
                    ClosestMatch.find(name, names)
                            .map(nearest -> "did you mean \"" + nearest + "\"?")
                            .orElse("use one of: " + String.join(", ", names))));
            parser.skipChildren();
            return true;
        }

        /** The parser is at the value, inside it if it is a mapping or list; only the path of the surrounding mapping is reliable. */
        private static JsonPointer pointer(JsonParser parser, String key) {
            JsonStreamContext at = parser.getParsingContext();
            JsonStreamContext mapping = parser.currentToken().isStructStart() ? at.getParent() : at;
            return mapping.getParent().pathAsPointer().appendProperty(key);
        }
    }
}
