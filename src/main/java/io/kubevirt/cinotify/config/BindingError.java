// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.JsonPointers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value that is not what its key wants, in words of the settings file rather than of Java.
 *
 * @param pointer where it stands
 * @param message what is wrong with it
 * @param hint what to write instead
 */
record BindingError(JsonPointer pointer, String message, String hint) {

    private static final String AS_SCHEMA_SAYS = "write it as config/ci-notify.schema.json describes it";

    /** What is wrong with the value of the tree at which Jackson stumbled. */
    static BindingError of(JsonMappingException stumble, JsonNode tree) {
        JsonPointer pointer = pointer(stumble, tree);
        if (stumble instanceof InvalidFormatException format && format.getValue() instanceof String text) {
            // For a key that is no key Jackson names the mapping in which it stands.
            JsonPointer at = tree.at(pointer).isObject() ? pointer.appendProperty(text) : pointer;
            return ofText(at, text, format);
        }
        Class<?> wanted = stumble instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return new BindingError(
                pointer,
                JsonPointers.messagePrefix(pointer) + found(tree.at(pointer)) + " stands where " + wanted(wanted)
                        + " should",
                AS_SCHEMA_SAYS);
    }

    private static BindingError ofText(JsonPointer pointer, String text, InvalidFormatException format) {
        Class<?> type = format.getTargetType();
        String quoted = JsonPointers.messagePrefix(pointer) + "\"" + text + "\" is ";
        if (type == Pattern.class) {
            return new BindingError(
                    pointer,
                    quoted + "not an RE2 pattern (" + error(text) + ")",
                    text.contains("(?=") || text.contains("(?!") || text.contains("(?<")
                            ? "RE2 has neither look-around nor back references: write it without"
                            : "mend it as https://github.com/google/re2/wiki/Syntax describes");
        }
        if (type == LocalDate.class) {
            return new BindingError(pointer, quoted + "not a date", "write it as 2026-12-24");
        }
        if (type == Instant.class) {
            return new BindingError(pointer, quoted + "not an instant", "write it as 2026-12-24T09:00:00Z");
        }
        if (type == Duration.class) {
            return new BindingError(pointer, quoted + "not a time", "write it as 24h, 30m or 1h30m");
        }
        if (type == Repository.class) {
            return new BindingError(
                    pointer, quoted + "not of the form org/repo", "name the repository with its organisation");
        }
        List<String> words = allowedValues(type);
        return words.isEmpty()
                ? new BindingError(pointer, quoted + "not what belongs there", AS_SCHEMA_SAYS)
                : new BindingError(
                        pointer,
                        quoted + "none of " + String.join(", ", words),
                        ClosestMatch.find(text, words)
                                .map(nearest -> "did you mean \"" + nearest + "\"?")
                                .orElse("take one of them"));
    }

    /** Where a value stands alone for a list of one, Jackson counts an index that the document does not have. */
    private static JsonPointer pointer(JsonMappingException stumble, JsonNode tree) {
        JsonPointer pointer = JsonPointer.empty();
        for (JsonMappingException.Reference step : stumble.getPath()) {
            if (step.getFieldName() != null) {
                pointer = pointer.appendProperty(step.getFieldName());
            } else if (tree.at(pointer).isArray()) {
                pointer = pointer.appendIndex(Math.max(0, step.getIndex()));
            }
        }
        return pointer;
    }

    private static String error(String pattern) {
        try {
            Pattern.compile(pattern);
            return "";
        } catch (PatternSyntaxException e) {
            return e.getDescription();
        }
    }

    private static List<String> allowedValues(Class<?> type) {
        if (type == Cause.class) {
            return Stream.of(Cause.values()).map(Cause::value).toList();
        }
        if (type == NotificationKind.class) {
            return Stream.of(NotificationKind.values())
                    .map(NotificationKind::value)
                    .toList();
        }
        if (type == LineKind.class) {
            return Stream.of(LineKind.values()).map(LineKind::value).toList();
        }
        return type == JobType.class
                ? Stream.of(JobType.values()).map(JobType::prowName).toList()
                : List.of();
    }

    private static String found(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "a mapping";
            case ARRAY -> "a list";
            case NULL, MISSING -> "nothing";
            default -> "\"" + node.asText() + "\"";
        };
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "something else";
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        boolean isText = type == String.class || type == Pattern.class || type.isEnum();
        return isText ? "text" : "a mapping";
    }
}
