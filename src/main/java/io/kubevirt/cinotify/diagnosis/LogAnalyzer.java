// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.BuildLog;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks through a log for the first cause line of the phase that failed. What stands in a phase that went well did no
 * harm, and what comes after the failure is clearing away (failure-history §4: the last line is usually teardown).
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

    /** Why the run failed, as far as its log tells. */
    public static Optional<CauseLine> findCause(LineRules rules, BuildLog log) {
        LogAnalyzer reading = new LogAnalyzer(rules, log);
        int head = log.hasGap() ? log.head().size() : log.lines().size();
        reading.scan(0, head);
        if (reading.end != null) {
            return reading.result();
        }
        // What lies in the gap may have gone well or not: the beginning counts only if the end tells nothing.
        Optional<CauseLine> early = reading.result();
        reading.reset();
        reading.scan(head, reading.lines.size());
        return reading.result().or(() -> early);
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
}
