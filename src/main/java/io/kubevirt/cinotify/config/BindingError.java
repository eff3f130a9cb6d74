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
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.JsonPointers;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value of the wrong type, in terms of the configuration file instead of Java.
 *
 * @param pointer the value
 * @param message what is wrong
 * @param hint how to fix it
 */
record BindingError(JsonPointer pointer, String message, String hint) {
    private static final String SEE_REFERENCE = "see docs/settings.md";

    /** Translates an exception of Jackson. */
    static BindingError of(JsonMappingException exception, JsonNode tree) {
        JsonPointer pointer = pointer(exception, tree);
        if (exception instanceof InvalidFormatException format && format.getValue() instanceof String text) {
            // For an invalid key of an enum map, Jackson reports the mapping.
            JsonPointer at = tree.at(pointer).isObject() ? pointer.appendProperty(text) : pointer;
            return ofText(at, text, format);
        }
        Class<?> wanted = exception instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
        return new BindingError(
                pointer,
                JsonPointers.messagePrefix(pointer) + "expected " + expected(wanted) + ", found "
                        + found(tree.at(pointer)),
                SEE_REFERENCE);
    }

    private static BindingError ofText(JsonPointer pointer, String text, InvalidFormatException format) {
        Class<?> type = format.getTargetType();
        String quoted = JsonPointers.messagePrefix(pointer) + "\"" + text + "\" is ";
        if (type == Pattern.class) {
            return ofPattern(pointer, text, quoted);
        }
        if (type == LocalDate.class) {
            return new BindingError(pointer, quoted + "not a date", "write it as 2026-12-24");
        }
        if (type == LocalDateTime.class) {
            return new BindingError(pointer, quoted + "not a local date and time", "write it as 2026-12-24T09:00");
        }
        if (type == Instant.class) {
            return new BindingError(pointer, quoted + "not an instant", "write it as 2026-12-24T09:00:00Z");
        }
        if (type == Duration.class) {
            return new BindingError(pointer, quoted + "not a duration", "write it as 24h, 30m or 1h30m");
        }
        if (type == URI.class) {
            return new BindingError(pointer, quoted + "not a URL", "write it with https://");
        }
        if (type == Repository.class) {
            return new BindingError(pointer, quoted + "not a repository", "write it as org/repo");
        }
        List<String> words = allowedValues(type);
        return words.isEmpty()
                ? new BindingError(pointer, quoted + "not a valid value", SEE_REFERENCE)
                : new BindingError(
                        pointer,
                        quoted + "not one of " + String.join(", ", words),
                        ClosestMatch.find(text, words)
                                .map(nearest -> "did you mean \"" + nearest + "\"?")
                                .orElse("use one of them"));
    }

    private static BindingError ofPattern(JsonPointer pointer, String text, String quoted) {
        return !PatternSize.isAcceptable(text)
                ? new BindingError(
                        pointer,
                        quoted + "too large: its repetitions multiply to more than " + PatternSize.MAX + " steps",
                        "repeat less, for example with + or * instead of {1000}")
                : new BindingError(
                        pointer,
                        quoted + "not an RE2 pattern (" + error(text) + ")",
                        text.contains("(?=") || text.contains("(?!") || text.contains("(?<")
                                ? "RE2 has no lookaround and no backreferences; rewrite the pattern without them"
                                : "see https://github.com/google/re2/wiki/Syntax");
    }

    /** For a single value in place of a list Jackson reports an index that the document does not have. */
    private static JsonPointer pointer(JsonMappingException exception, JsonNode tree) {
        JsonPointer pointer = JsonPointer.empty();
        for (JsonMappingException.Reference step : exception.getPath()) {
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
        if (type == Level.class) {
            return Stream.of(Level.values()).map(Level::value).toList();
        }
        if (type == Visibility.class) {
            return Stream.of(Visibility.values()).map(Visibility::value).toList();
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

    private static String expected(@Nullable Class<?> type) {
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
