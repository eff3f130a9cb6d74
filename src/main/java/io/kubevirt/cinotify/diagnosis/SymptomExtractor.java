// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.artifacts.Evidence.TestMessage;
import io.kubevirt.cinotify.artifacts.PodInfo;
import io.kubevirt.cinotify.diagnosis.LogAnalyzer.CauseLine;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.routing.FailingTests;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

final class SymptomExtractor {
    private static final int MOST_TESTS = 20;
    private static final int LINES_BEFORE = 1;
    private static final int LINES_AFTER = 3;
    private static final int LONGEST_LINE = 300;

    private final LineRules rules;
    private final JobRun run;
    private final Evidence evidence;

    /** The tests that failed for good, without the steps of their runner. */
    private final List<String> tests;

    SymptomExtractor(LineRules rules, JobRun run, Evidence evidence) {
        this.rules = rules;
        this.run = run;
        this.evidence = evidence;
        this.tests = new FailingTests(evidence.tests().failedForGood())
                .withoutSuite()
                .names();
    }

    /** Of the tests that failed for good. */
    Symptoms ofTests() {
        return ofTests(tests);
    }

    /** Of these tests; others that failed are not shown. */
    Symptoms ofTests(List<String> names) {
        List<String> message = evidence.tests().messages().stream()
                .filter(each -> names.contains(each.test()) && !each.excerpt().isEmpty())
                .map(TestMessage::excerpt)
                .findFirst()
                .orElse(List.of());
        return symptoms(SignatureNormalizer.signatureOf(names, count(names)), message, run.url(), names);
    }

    /** The suite has the same name in every run: only its message distinguishes failures. */
    Symptoms ofSuite() {
        List<String> message = evidence.tests().failureMessage();
        return symptoms(SignatureNormalizer.signatureOf("suite", String.join(" ", message)), message, run.url());
    }

    Symptoms ofPodProblem(PodInfo.PodProblem problem) {
        return ofMessage(problem.reason(), problem.message());
    }

    Symptoms ofMessage(String family, String message) {
        return symptoms(
                SignatureNormalizer.signatureOf(family, message),
                message.isEmpty() ? List.of() : List.of(message),
                run.url());
    }

    /** Without a signature: nothing distinguishes this failure from others. */
    Symptoms ofNothing() {
        return symptoms("", List.of(), run.url());
    }

    /** A line without detail is the same for all problems: it is shown, but gives no signature. */
    Symptoms ofLine(CauseLine line) {
        LineRule rule = line.rule();
        String detail = rule == null ? "" : rules.detail(rule, line.text());
        String signature = rule == null || detail.isEmpty() ? "" : SignatureNormalizer.signatureOf(rule.name(), detail);
        return symptoms(signature, excerpt(line.index()), lineUrl(line.index()));
    }

    private Symptoms symptoms(String signature, List<String> excerpt, @Nullable String url) {
        return symptoms(signature, excerpt, url, tests);
    }

    private Symptoms symptoms(String signature, List<String> excerpt, @Nullable String url, List<String> names) {
        return new Symptoms(
                signature,
                excerpt.stream().map(SymptomExtractor::cut).toList(),
                url,
                names.stream().limit(MOST_TESTS).toList(),
                count(names),
                evidence.pod().node());
    }

    /** The number of failed tests like these; the names of a report are limited. */
    private int count(List<String> names) {
        JunitReport report = evidence.tests();
        return report.failedCount() - report.failed().size() + names.size();
    }

    private List<String> excerpt(int index) {
        List<String> lines = evidence.log().lines();
        List<String> excerpt = new ArrayList<>();
        for (int i = Math.max(0, index - LINES_BEFORE); i < Math.min(lines.size(), index + LINES_AFTER + 1); i++) {
            String line = lines.get(i);
            boolean isRelevant = i == index
                    || !line.isBlank()
                            && rules.ruleFor(line).map(LineRule::isCause).orElse(true);
            if (isRelevant) {
                excerpt.add(line);
            }
        }
        return excerpt;
    }

    /** Deck's viewer takes the line number in the fragment; after a gap in the log the number is unknown. */
    private @Nullable String lineUrl(int index) {
        BuildLog log = evidence.log();
        return run.url() == null || log.lineNumber(index).isEmpty()
                ? run.url()
                : run.url() + "#1:build-log.txt%3A" + log.lineNumber(index).getAsInt();
    }

    private static String cut(String line) {
        return line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + "…" : line;
    }
}
