// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to do about failures of one kind: an entry of {@code guidance}. */
public record Guidance(
        @JsonPropertyDescription("Name of a known issue: the entry applies to failures that it matches.") @Nullable String knownIssue,

        @JsonPropertyDescription("Name of a rule: the entry applies to failures whose cause it decides.") @Nullable String rule,

        @JsonPropertyDescription("Name of an area.") @Nullable String area,

        @JsonPropertyDescription("A cause; an entry with a cause only is the default for this cause.") @Nullable Cause cause,

        @JsonPropertyDescription("What to do next, one sentence without markup.") @Nullable String nextStep,

        @JsonPropertyDescription("URL of the runbook.") @Nullable String runbook) {
    /** Longer sentences do not fit in a line of a message. */
    private static final int MAX_LENGTH = 160;

    /** For failures of this diagnosis. The entry with the most specific condition wins, then the first. */
    static Optional<String> find(List<Guidance> all, Diagnosis diagnosis, Function<Guidance, @Nullable String> value) {
        return all.stream()
                .filter(entry -> entry.applies(diagnosis) && value.apply(entry) != null)
                .min(Comparator.comparingInt(Guidance::rank))
                .flatMap(entry -> Optional.ofNullable(value.apply(entry)));
    }

    private boolean applies(Diagnosis diagnosis) {
        return (knownIssue == null
                        || diagnosis.knownIssue() != null
                                && knownIssue.equals(diagnosis.knownIssue().title()))
                && (rule == null || rule.equals(diagnosis.rule()))
                && (area == null || area.equals(diagnosis.area()))
                && (cause == null || cause == diagnosis.cause());
    }

    private int rank() {
        return knownIssue != null ? 0 : rule != null ? 1 : area != null ? 2 : 3;
    }

    /** Reports an entry without condition or content, an unknown area and an invalid URL. */
    void check(ConfigValidator check) {
        if (Stream.of(Optional.ofNullable(knownIssue), Optional.ofNullable(rule), Optional.ofNullable(area))
                        .allMatch(Optional::isEmpty)
                && cause == null) {
            check.report("applies to everything", "add knownIssue, rule, area or cause");
        }
        if (nextStep == null && runbook == null) {
            check.report("has neither nextStep nor runbook", "add nextStep or runbook");
        }
        if (nextStep != null && nextStep.length() > MAX_LENGTH) {
            check.report(
                    "is longer than " + MAX_LENGTH + " characters", "shorten it; details fit in a runbook", "nextStep");
        }
        if (runbook != null && !Escapes.isWeb(runbook)) {
            check.report("\"" + runbook + "\" is not a URL", "start it with https://", "runbook");
        }
        check.area(area, "area");
    }

    /** Checks all entries. */
    public static void check(List<Guidance> all, ConfigValidator check) {
        for (int index = 0; index < all.size(); index++) {
            all.get(index).check(check.at("guidance", index));
        }
    }
}
