// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Searches a log for the first cause line of the failed phase. Lines of earlier phases are ignored because those phases
 * succeeded, and lines after the failure because they belong to teardown (failure-history §4: the last line is usually
 * teardown).
 */
public final class LogAnalyzer {
    private final LineRules rules;
    private final List<String> lines;
    private @Nullable CauseLine cause;
    private @Nullable CauseLine hint;
    private @Nullable CauseLine end;

    private LogAnalyzer(LineRules rules, BuildLog log) {
        this.rules = rules;
        this.lines = log.lines();
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

    private void scan(int from, int until) {
        for (int index = from; index < until; index++) {
            String line = lines.get(index);
            Optional<LineRule> rule = rules.ruleFor(line);
            if (rule.isPresent()) {
                addCandidate(new CauseLine(index, line, rule.get()), rule.get().kind());
            } else if (end == null && rules.begins(line)) {
                reset();
            }
            boolean isTeardown =
                    rule.filter(known -> known.kind() == LineKind.TEARDOWN).isPresent();
            if (end == null && !isTeardown && rules.ends(line)) {
                end = new CauseLine(index, line, rule.filter(LineRule::isCause).orElse(null));
            }
            if (end != null && (cause != null || hint != null)) {
                return;
            }
        }
    }

    private void addCandidate(CauseLine line, @Nullable LineKind kind) {
        if (kind == LineKind.CAUSE && cause == null) {
            cause = line;
        } else if (kind == LineKind.HINT && hint == null) {
            hint = line;
        }
    }

    private void reset() {
        cause = null;
        hint = null;
    }

    private Optional<CauseLine> result() {
        return Optional.ofNullable(cause != null ? cause : hint != null ? hint : end);
    }

    /** The line of a log with the cause of the failure, or, without one, the line that ended the failed phase. */
    public record CauseLine(
            int index, String text, @Nullable LineRule rule) {}
}
