// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import io.kubevirt.cinotify.routing.Cause;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches a log for the first cause line of the failed phase. Lines of earlier phases are ignored because those phases
 * succeeded, and lines after the failure because they belong to teardown (failure-history §4: the last line is usually
 * teardown).
 */
public final class LogAnalyzer {
    /** What a line says of itself if the run goes on after it. */
    private static final Pattern WARNING = Pattern.compile("(?i)^\\W{0,2}(warn(ing)?|info|debug|notice) *[:\\]]"
            + "|^(WARN|INFO|DEBUG) |^[IW]\\d{4} \\d\\d:|\\blevel\"?[=:] ?\"?(warn|info|debug)"
            + "|\\b(skip(ped|ping)|fall(s|ing) back|ignor(ed|ing)|anonymously|will not be|using the cached)\\b");

    private final LineRules rules;
    private final LinePrefix prefix;
    private final List<String> lines;
    private @Nullable CauseLine cause;
    private @Nullable CauseLine hint;
    private @Nullable CauseLine failedTest;
    private boolean failedLater;
    private @Nullable CauseLine end;
    private @Nullable CauseLine teardown;

    private LogAnalyzer(LineRules rules, BuildLog log) {
        this.rules = rules;
        this.lines = log.lines();
        this.prefix = LinePrefix.of(lines);
    }

    public static Optional<CauseLine> findCause(LineRules rules, BuildLog log) {
        LogAnalyzer analyzer = new LogAnalyzer(rules, log);
        int head = log.hasGap() ? log.head().size() : log.lines().size();
        analyzer.scan(0, head);
        if (analyzer.end != null) {
            return analyzer.result();
        }
        // The outcome of the phases in the gap is unknown: the head counts only if the tail has no cause.
        Optional<CauseLine> early = analyzer.result();
        analyzer.reset();
        analyzer.scan(head, analyzer.lines.size());
        return analyzer.result().or(() -> early);
    }

    /** The failure of the teardown, if no other phase failed. */
    static Optional<CauseLine> findTeardown(LineRules rules, BuildLog log) {
        LogAnalyzer analyzer = new LogAnalyzer(rules, log);
        analyzer.scan(0, analyzer.lines.size());
        return Optional.ofNullable(analyzer.end == null && analyzer.cause == null ? analyzer.teardown : null);
    }

    private void scan(int from, int until) {
        for (int index = from; index < until; index++) {
            String line = prefix.strip(lines.get(index));
            Optional<LineRule> rule = rules.ruleFor(line);
            if (rule.isPresent()) {
                addCandidate(new CauseLine(index, line, rule.get()), rule.get());
            } else if (end == null && rules.begins(line)) {
                reset();
            }
            boolean isTeardown =
                    rule.filter(known -> known.kind() == LineKind.TEARDOWN).isPresent();
            if (rules.ends(line)) {
                if (isTeardown) {
                    teardown = new CauseLine(index, line, rule.orElseThrow());
                } else if (end == null) {
                    end = new CauseLine(
                            index, line, rule.filter(LineRule::isCause).orElse(null));
                }
            }
            if (end != null && (cause != null || hint != null)) {
                return;
            }
        }
    }

    private void addCandidate(CauseLine line, LineRule rule) {
        boolean ofChange = rule.cause() == Cause.TEST || rule.cause() == Cause.BUILD;
        boolean isWarning = !ofChange
                && rule.kind() == LineKind.CAUSE
                && WARNING.matcher(line.text()).find();
        if (rule.kind() == LineKind.CAUSE && !isWarning) {
            cause = cause == null ? line : cause;
            failedLater |= ofChange;
            failedTest =
                    failedTest == null && rule.cause() == Cause.TEST && rule.otherwise() == null ? line : failedTest;
        } else if ((rule.kind() == LineKind.HINT || isWarning) && hint == null) {
            hint = isWarning ? line.unsure() : line;
        }
    }

    private void reset() {
        cause = null;
        hint = null;
        failedTest = null;
        failedLater = false;
    }

    /** A complaint of the environment after which tests still ran was survived by the run. */
    private Optional<CauseLine> result() {
        boolean survived = cause != null
                && failedLater
                && cause.rule() != null
                && (cause.rule().cause() == Cause.INFRASTRUCTURE || cause.rule().cause() == Cause.CONFIG);
        if (cause != null && survived) {
            return Optional.of(failedTest == null ? cause.unsure() : failedTest.after(cause));
        }
        return Optional.ofNullable(cause != null ? cause : hint != null ? hint : end);
    }

    /**
     * The line of a log with the cause of the failure, or, without one, the line that ended the failed phase; not sure if
     * successful runs have such lines, too, or something else failed after it.
     *
     * @param survived a line with another cause, after which the run went on
     */
    public record CauseLine(
            int index,
            String text,
            @Nullable LineRule rule,
            boolean isSure,
            @Nullable CauseLine survived) {
        CauseLine(int index, String text, @Nullable LineRule rule) {
            this(index, text, rule, rule == null || rule.kind() != LineKind.HINT, null);
        }

        private CauseLine unsure() {
            return new CauseLine(index, text, rule, false, null);
        }

        private CauseLine after(CauseLine complaint) {
            return new CauseLine(index, text, rule, false, complaint);
        }
    }
}
