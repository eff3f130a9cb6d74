// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig.Log;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules for lines of build logs that hold for every project. */
final class BuiltInLogRules {
    private static final String RESOURCE = "/evidence/log-rules.yaml";

    /** Stands for the area of the settings; the others with an area have {@code setupArea}. */
    private static final String NODE_AREA = "nodeArea";

    private static final Log RULES = load();

    private BuiltInLogRules() {}

    /** The rules of the settings, and these with the areas of the settings. */
    static LineRules with(Log settings, @Nullable String nodeArea, @Nullable String setupArea) {
        if (!settings.hasBuiltIn()) {
            return new LineRules(settings.rules(), settings.begins(), settings.ends());
        }
        Set<String> replaced = settings.rules().stream().map(LineRule::name).collect(Collectors.toSet());
        List<LineRule> rules = Stream.of(
                        settings.rules().stream().filter(rule -> rule.kind() != LineKind.HINT),
                        RULES.rules().stream()
                                .filter(rule -> !replaced.contains(rule.name()))
                                .map(rule -> withArea(rule, nodeArea, setupArea)),
                        settings.rules().stream().filter(rule -> rule.kind() == LineKind.HINT))
                .flatMap(part -> part)
                .toList();
        return new LineRules(rules, joined(settings.begins(), RULES.begins()), joined(settings.ends(), RULES.ends()));
    }

    private static LineRule withArea(LineRule rule, @Nullable String nodeArea, @Nullable String setupArea) {
        return rule.area() == null ? rule : rule.withArea(rule.area().equals(NODE_AREA) ? nodeArea : setupArea);
    }

    static List<LineRule> all() {
        return RULES.rules();
    }

    private static <T> List<T> joined(List<T> own, List<T> builtIn) {
        return Stream.of(own, builtIn).flatMap(List::stream).distinct().toList();
    }

    private static Log load() {
        try (InputStream resource = BuiltInLogRules.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new IllegalStateException("the program lacks its resource " + RESOURCE);
            }
            YamlDocument yaml =
                    YamlDocument.parse(RESOURCE, new String(resource.readAllBytes(), StandardCharsets.UTF_8));
            return JsonMapper.builder()
                    .addModule(new SimpleModule().addDeserializer(Pattern.class, new PatternReader()))
                    .build()
                    .treeToValue(yaml.root(), Log.class);
        } catch (InvalidConfigException | JsonProcessingException e) {
            throw new IllegalStateException("the program's resource " + RESOURCE + " is invalid", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static final class PatternReader extends FromStringDeserializer<Pattern> {
        PatternReader() {
            super(Pattern.class);
        }

        @Override
        protected Pattern _deserialize(String text, DeserializationContext context) {
            return Pattern.compile(text);
        }
    }
}
