// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The sort of failure that the evidence of a run shows. Failures of different classes are different problems, even in one
 * lane.
 *
 * @param family the rule that found the cause in the infrastructure; null if the cause is not known
 */
public record FailureClass(Kind kind, @Nullable String family) {
    private static final String HINT = "-hint";
    private static final String PROW = "prow-";

    /** Rules that know the phase, but not the cause. */
    private static final Set<String> UNSPECIFIC = Set.of("died-before-tests", "suite");

    /** How far a run came. */
    public enum Kind {
        TESTS,
        BUILD,
        /** It died before its tests, or of something that its lanes share. */
        INFRASTRUCTURE
    }

    /** The class of a failure; empty without evidence. */
    public static Optional<FailureClass> of(Diagnosis diagnosis) {
        Symptoms shown = diagnosis.symptoms();
        if (shown == null && !diagnosis.rule().startsWith(PROW)) {
            return Optional.empty();
        }
        return switch (diagnosis.cause()) {
            case ABORTED -> Optional.empty();
            case TEST -> Optional.of(new FailureClass(Kind.TESTS, null)).filter(any -> showsTests(shown, diagnosis));
            case BUILD -> Optional.of(new FailureClass(Kind.BUILD, null)).filter(any -> diagnosis.ambiguity() == null);
            case INFRASTRUCTURE, CONFIG, SETUP -> Optional.of(new FailureClass(Kind.INFRASTRUCTURE, family(diagnosis)));
        };
    }

    /** The name of a lane alone does not show that its tests ran. */
    private static boolean showsTests(@Nullable Symptoms shown, Diagnosis diagnosis) {
        return shown != null
                && (!shown.failingTests().isEmpty()
                        || diagnosis.ambiguity() == null && !shown.excerpt().isEmpty());
    }

    private static @Nullable String family(Diagnosis diagnosis) {
        String rule = diagnosis.rule();
        if (UNSPECIFIC.contains(rule)) {
            return null;
        }
        return rule.endsWith(HINT) ? rule.substring(0, rule.length() - HINT.length()) : rule;
    }

    /** The class of most of the failures; empty if there is no such, or if the class of most is not known. */
    public static Optional<FailureClass> ofMost(Collection<Optional<FailureClass>> failures) {
        Stream<FailureClass> known = failures.stream().flatMap(Optional::stream);
        return most(known.map(FailureClass::kind), failures.size())
                .map(kind -> new FailureClass(
                        kind,
                        most(
                                        failures.stream()
                                                .flatMap(Optional::stream)
                                                .filter(each -> each.kind() == kind)
                                                .map(FailureClass::family)
                                                .filter(Objects::nonNull),
                                        failures.size())
                                .orElse(null)));
    }

    private static <T> Optional<T> most(Stream<T> values, int of) {
        return values.collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).entrySet().stream()
                .filter(entry -> entry.getValue() * 2 > of)
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether both cannot be one problem. A rule whose name begins like another is a variant of it. */
    public boolean differsFrom(FailureClass other) {
        return kind != other.kind
                || family != null
                        && other.family != null
                        && !family.startsWith(other.family)
                        && !other.family.startsWith(family);
    }

    /** For people: what the runs show. */
    public String description() {
        return switch (kind) {
            case TESTS -> "tests fail";
            case BUILD -> "the build fails";
            case INFRASTRUCTURE -> family == null ? "it dies before its tests" : "infrastructure, rule " + family;
        };
    }

    /** Reads what {@link #toString} wrote. */
    @JsonCreator
    public static FailureClass parse(String text) {
        int space = text.indexOf(' ');
        String kind = space < 0 ? text : text.substring(0, space);
        return new FailureClass(
                Kind.valueOf(kind.toUpperCase(Locale.ROOT)), space < 0 ? null : text.substring(space + 1));
    }

    /** As stored: do not change the format. */
    @JsonValue
    @Override
    public String toString() {
        String name = kind.name().toLowerCase(Locale.ROOT);
        return family == null ? name : name + " " + family;
    }
}
