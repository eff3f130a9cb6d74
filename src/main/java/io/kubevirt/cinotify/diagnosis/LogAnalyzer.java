// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
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
    private static final Pattern TIME =
            Pattern.compile("\\[?(\\d{4}[-/]\\d\\d[-/]\\d\\d[T _])?\\d\\d:\\d\\d:\\d\\d([.,]\\d+)?"
                    + "(Z| ?[+-]\\d\\d:?\\d\\d| UTC)?\\]?:?\\s+((stdout|stderr) [FP] )?");

    private final List<String> lines;
    private @Nullable CauseLine cause;
    private @Nullable CauseLine hint;
    private @Nullable CauseLine end;
    private @Nullable CauseLine teardown;

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

    /** The failure of the teardown, if no other phase failed. */
    static Optional<CauseLine> findTeardown(LineRules rules, BuildLog log) {
        LogAnalyzer analyzer = new LogAnalyzer(rules, log);
        analyzer.scan(0, analyzer.lines.size());
        return Optional.ofNullable(analyzer.end == null && analyzer.cause == null ? analyzer.teardown : null);
    }

    /** Some runners write the time before each line, also twice. */
    private static String withoutTime(String line) {
        String rest = line;
        while (!rest.isEmpty() && (rest.charAt(0) == '[' || rest.charAt(0) >= '0' && rest.charAt(0) <= '9')) {
            Matcher time = TIME.matcher(rest);
            if (!time.lookingAt()) {
                return rest;
            }
            rest = rest.substring(time.end());
        }
        return rest;
    }

    private void scan(int from, int until) {
        for (int index = from; index < until; index++) {
            String line = withoutTime(lines.get(index));
            Optional<LineRule> rule = rules.ruleFor(line);
            if (rule.isPresent()) {
                addCandidate(new CauseLine(index, line, rule.get()), rule.get().kind());
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
