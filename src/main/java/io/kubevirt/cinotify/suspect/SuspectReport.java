// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import io.kubevirt.cinotify.suspect.SuspectConfig.Factor;
import io.kubevirt.cinotify.text.Plural;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The hypotheses about the first red of a lane, the most probable first. Their posteriors add up to 1.
 *
 * @param silence why nothing is shown; null if something may be
 */
public record SuspectReport(
        SuspectConfig config,
        LaneHistory history,
        List<Hypothesis> hypotheses,
        @Nullable String silence) {
    private static final int MAX_SHOWN = 3;
    private static final int MAX_TITLE = 80;
    private static final int MAX_EXPLAINED = 10;

    /** A hypothesis this much less probable than the best one is not shown beside it. */
    private static final double MUCH_LESS = 5;

    /** A place in time alone names nobody. */
    private static final double MIN_EVIDENCE = 5;

    public SuspectReport {
        hypotheses = List.copyOf(hypotheses);
    }

    /** What may have broken a lane. */
    public enum Kind {
        MERGE,
        DEFINITION,
        OUTAGE,
        FLAKES
    }

    /** @param merge null for other kinds */
    public record Hypothesis(Kind kind, @Nullable MergedPull merge, double posterior, List<Factor> factors) {
        public Hypothesis {
            factors = List.copyOf(factors);
        }

        boolean isChange() {
            return kind == Kind.MERGE || kind == Kind.DEFINITION;
        }

        boolean hasEvidence() {
            return factors.stream().anyMatch(factor -> factor.ratio() >= MIN_EVIDENCE);
        }

        /** {@code org/repo#123} or what else it is. */
        public String name() {
            return switch (kind) {
                case MERGE -> Objects.requireNonNull(merge).name();
                case DEFINITION -> "the lane's own definition";
                case OUTAGE -> "something else, such as an outage";
                case FLAKES -> "nothing, only flakes";
            };
        }
    }

    /** The changes to show, the most probable first; none below the bar. */
    public List<Hypothesis> shown() {
        Hypothesis best = hypotheses.getFirst();
        if (silence != null
                || !best.isChange()
                || !best.hasEvidence()
                || !isBeforeFirstRed(best)
                || best.posterior() * 100 < config.possible()) {
            return List.of();
        }
        return hypotheses.stream()
                .filter(each ->
                        each.isChange() && isBeforeFirstRed(each) && each.posterior() * MUCH_LESS >= best.posterior())
                .limit(MAX_SHOWN)
                .toList();
    }

    /** Whether it shows {@code org/repo#123}, or the definition. */
    public boolean names(String suspect) {
        return shown().stream()
                .anyMatch(each -> each.merge() == null
                        ? suspect.equals(SuspectVerdict.DEFINITION)
                        : suspect.equalsIgnoreCase(each.name()));
    }

    /** The first red may be a flake: what was merged after it is a hypothesis, but no suspect. */
    private boolean isBeforeFirstRed(Hypothesis each) {
        return each.merge() == null
                || history.firstRed()
                        .filter(red -> history.contains(red, history.merges().indexOf(each.merge())))
                        .isPresent();
    }

    /** One line for messages, without full stop; contains outside text. Empty if it would say nothing. */
    public Optional<String> sentence() {
        List<Hypothesis> shown = shown();
        if (!shown.isEmpty()) {
            return Optional.of((shown.getFirst().posterior() * 100 >= config.likely() ? "likely" : "possible")
                    + " cause: " + shown.stream().map(this::described).collect(Collectors.joining("; or ")));
        }
        int changes = history.between().size();
        if (silence != null || changes == 0) {
            return Optional.empty();
        }
        return Optional.of(
                changes == 1
                        ? "the only change since the last green run is "
                                + history.merges()
                                        .get(history.between().getFirst())
                                        .name()
                                + "; nothing else points to it"
                        : Plural.of(changes, "change") + " since the last green run, none stands out");
    }

    private String described(Hypothesis each) {
        String reasons = each.factors().stream()
                .filter(factor -> factor.ratio() > 1 && each.merge() != null)
                .sorted(Comparator.comparingDouble(Factor::ratio).reversed())
                .limit(2)
                .map(Factor::reason)
                .collect(Collectors.joining("; "));
        return each.name() + title(each.merge()) + before(each) + (reasons.isEmpty() ? "" : ": " + reasons);
    }

    private static String title(@Nullable MergedPull merge) {
        return merge == null || merge.title().isBlank()
                ? ""
                : " \"" + cut(merge.title()) + "\"" + (merge.author().isBlank() ? "" : " by " + cut(merge.author()));
    }

    private static String cut(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.codePointCount(0, line.length()) <= MAX_TITLE
                ? line
                : line.substring(0, line.offsetByCodePoints(0, MAX_TITLE - 1)).strip() + "…";
    }

    private String before(Hypothesis each) {
        Instant at = each.merge() == null
                ? history.definitionChangedAt()
                : each.merge().mergedAt();
        Instant red = history.firstRed()
                .map(RunOnBase::startedAt)
                .orElse(history.breakage().firstRed());
        String verb = each.merge() == null ? ", changed " : ", merged ";
        return at == null || at.isAfter(red)
                ? ""
                : verb + text(Duration.between(at, red)) + " before the first failed run";
    }

    private static String text(Duration passed) {
        return passed.toHours() > 48
                ? passed.toDays() + " d"
                : passed.toHours() > 0 ? passed.toHours() + " h" : passed.toMinutes() + " min";
    }

    /** The merges between the last green and the first red run. */
    public List<MergedPull> between() {
        return history.between().stream().map(history.merges()::get).toList();
    }

    public Optional<String> range() {
        return history.range();
    }

    /** Every hypothesis with its posterior and factors, for people who ask; contains outside text. */
    public List<String> explanation() {
        List<String> lines = new ArrayList<>();
        lines.add("suspects: " + conclusion());
        lines.addAll(details());
        return lines;
    }

    /** What is shown, or why nothing is; contains outside text. */
    public String conclusion() {
        return silence != null
                ? "not shown, because " + silence
                : sentence().orElse("no change lies between the last green and the first red run");
    }

    /** The most probable hypotheses, one a line; contain outside text. */
    public List<String> details() {
        List<String> lines = new ArrayList<>();
        hypotheses.stream().limit(MAX_EXPLAINED).map(SuspectReport::explained).forEach(lines::add);
        if (hypotheses.size() > MAX_EXPLAINED) {
            lines.add("and " + (hypotheses.size() - MAX_EXPLAINED) + " less probable ones");
        }
        return lines;
    }

    private static String explained(Hypothesis each) {
        String factors = each.factors().stream()
                .map(factor ->
                        String.format(Locale.ROOT, "%s x%.3g", factor.kind().value(), factor.ratio()))
                .collect(Collectors.joining(", "));
        return String.format(
                Locale.ROOT,
                "%.1f %% %s%s: %s",
                each.posterior() * 100,
                each.name(),
                title(each.merge()),
                factors.isEmpty() ? "by the runs alone" : factors);
    }
}
