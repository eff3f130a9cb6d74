// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.artifacts.PodInfo;
import io.kubevirt.cinotify.diagnosis.LogAnalyzer.CauseLine;
import io.kubevirt.cinotify.prow.JobRun;
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

    SymptomExtractor(LineRules rules, JobRun run, Evidence evidence) {
        this.rules = rules;
        this.run = run;
        this.evidence = evidence;
    }

    Symptoms ofTests() {
        JunitReport tests = evidence.tests();
        return symptoms(
                SignatureNormalizer.signatureOf(tests.failed(), tests.failedCount()), testMessages(), run.url());
    }

    /** The suite has the same name in every run: only its message distinguishes failures. */
    Symptoms ofSuite() {
        return symptoms(
                SignatureNormalizer.signatureOf("suite", String.join(" ", testMessages())), testMessages(), run.url());
    }

    private List<String> testMessages() {
        return evidence.tests().failureMessage().stream()
                .map(SymptomExtractor::cut)
                .toList();
    }

    Symptoms ofPodProblem(PodInfo.PodProblem problem) {
        return ofMessage(problem.reason(), problem.message());
    }

    Symptoms ofMessage(String family, String message) {
        return symptoms(
                SignatureNormalizer.signatureOf(family, message),
                message.isEmpty() ? List.of() : List.of(cut(message)),
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
        JunitReport tests = evidence.tests();
        return new Symptoms(
                signature,
                excerpt,
                url,
                tests.failed().stream().limit(MOST_TESTS).toList(),
                tests.failedCount(),
                evidence.pod().node());
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
                excerpt.add(cut(line));
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
