// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.diagnosis.LineRule.LineKind;
import io.kubevirt.cinotify.routing.Cause;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Searches a log for the first cause line of the failed phase. Lines of earlier phases are ignored because those phases
 * succeeded, and lines after the failure because they belong to teardown (failure-history §4: the last line is usually
 * teardown).
 */
public final class LogAnalyzer {
    /** What a line says of itself if the run goes on after it. */
    private static final Pattern WARNING = Pattern.compile("(?i)^\\W{0,2}(warn(ing)?|info|debug|notice) *[:\\]]"
            + "|^(WARN|INFO|DEBUG)[ \\[]|^[IW]\\d{4} \\d\\d:|\\blevel\"?[=:] ?\"?(warn|info|debug)"
            + "|\\b(skip(ped|ping)|fall(s|ing) back|ignor(ed|ing)|anonymously|will not be|using the cached"
            + "|try(ing)? (the )?(next|another|other))\\b");

    /** What follows a complaint if what failed is tried again. */
    private static final Pattern RETRY =
            Pattern.compile("(?i)\\bre-?try(ing)?\\b|\\btry(ing)? again\\b|\\bsleeping\\b|\\bback(ing)? off\\b");

    private static final Pattern ATTEMPT =
            Pattern.compile("(?i)(?:\\battempt #?|\\btry #?|\\()(\\d+) ?(?:of|/) ?(\\d+)\\b");

    private static final Pattern GIVES_UP = Pattern.compile(
            "(?i)\\bgiv(e|ing) up\\b|\\bstill fail|\\bno more\\b|\\bexhausted\\b|\\bout of (retries|attempts)");

    private static final int LINES_UNTIL_RETRY = 2;

    private final LineRules rules;
    private final LinePrefix prefix;
    private final List<String> lines;
    private @Nullable CauseLine cause;
    private @Nullable CauseLine hint;
    private @Nullable CauseLine retried;
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

    /** The sure cause in the infrastructure after the last failed test, and before the teardown; for a run whose tests passed at last. */
    static Optional<CauseLine> findAfterTests(LineRules rules, BuildLog log) {
        LogAnalyzer analyzer = new LogAnalyzer(rules, log);
        analyzer.scan(analyzer.afterLastFailedTest(), analyzer.lines.size());
        CauseLine last = analyzer.end;
        return analyzer.result()
                .filter(line ->
                        line.isSure() && line.rule() != null && line.rule().cause() == Cause.INFRASTRUCTURE)
                .filter(line -> last == null || line.index() <= last.index());
    }

    private int afterLastFailedTest() {
        for (int index = lines.size() - 1; index >= 0; index--) {
            Optional<LineRule> rule = rules.ruleFor(prefix.strip(lines.get(index)));
            if (rule.filter(known -> known.kind() == LineKind.CAUSE && known.cause() == Cause.TEST)
                    .isPresent()) {
                return index + 1;
            }
        }
        return 0;
    }

    private void scan(int from, int until) {
        QuotedDiff diff = new QuotedDiff();
        for (int index = from; index < until; index++) {
            String line = diff.unquoted(prefix.strip(lines.get(index)), lines.get(index));
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
        if (!ofChange && rule.isCause() && isRetried(line.index())) {
            retried = retried == null ? line.unsure() : retried;
        } else if (rule.kind() == LineKind.CAUSE && !isWarning) {
            cause = cause == null ? line : cause;
            failedLater |= ofChange;
            failedTest =
                    failedTest == null && rule.cause() == Cause.TEST && rule.otherwise() == null ? line : failedTest;
        } else if ((rule.kind() == LineKind.HINT || isWarning) && hint == null) {
            hint = isWarning ? line.unsure() : line;
        }
    }

    private boolean isRetried(int index) {
        for (String next : lines.subList(index + 1, Math.min(lines.size(), index + 1 + LINES_UNTIL_RETRY))) {
            Matcher attempt = ATTEMPT.matcher(next);
            boolean counted = attempt.find();
            if (counted || RETRY.matcher(next).find()) {
                boolean isLast = counted && attempt.group(1).equals(attempt.group(2));
                return !isLast && !GIVES_UP.matcher(next).find();
            }
        }
        return false;
    }

    private void reset() {
        cause = null;
        hint = null;
        retried = null;
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
        return Stream.of(cause, hint, end != null && end.rule() != null ? end : null, retried, end)
                .filter(Objects::nonNull)
                .findFirst();
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
