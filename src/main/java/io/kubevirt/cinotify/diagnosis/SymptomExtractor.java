// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.artifacts.BuildLog;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.JunitReport;
import io.kubevirt.cinotify.artifacts.PodInfo;
import io.kubevirt.cinotify.prow.JobRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes from the evidence what a person is shown. */
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

    /** A suite bears the same name in every run: only what it says tells one failure from another. */
    Symptoms ofSuite() {
        return symptoms(
                SignatureNormalizer.signatureOf("suite", String.join(" ", testMessages())), testMessages(), run.url());
    }

    private List<String> testMessages() {
        return evidence.tests().failureMessage().stream()
                .map(SymptomExtractor::cut)
                .toList();
    }

    Symptoms ofPodProblem(PodInfo.PodProblem trouble) {
        return ofMessage(trouble.reason(), trouble.message());
    }

    Symptoms ofMessage(String family, String said) {
        return symptoms(
                SignatureNormalizer.signatureOf(family, said),
                said.isEmpty() ? List.of() : List.of(cut(said)),
                run.url());
    }

    /** Nothing in it tells one failure from another. */
    Symptoms ofNothing() {
        return symptoms("", List.of(), run.url());
    }

    /** A line that only says with what it ended is the same whatever the problem: it is shown, and tells none from another. */
    Symptoms ofLine(CauseLine line) {
        LineRule rule = line.rule();
        String what = rule == null ? "" : rules.detail(rule, line.text());
        String signature = rule == null || what.isEmpty() ? "" : SignatureNormalizer.signatureOf(rule.name(), what);
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

    /** The line with a few around it, without those that mean nothing. */
    private List<String> excerpt(int index) {
        List<String> lines = evidence.log().lines();
        List<String> excerpt = new ArrayList<>();
        for (int i = Math.max(0, index - LINES_BEFORE); i < Math.min(lines.size(), index + LINES_AFTER + 1); i++) {
            String line = lines.get(i);
            boolean means = i == index
                    || !line.isBlank()
                            && rules.ruleFor(line).map(LineRule::isCause).orElse(true);
            if (means) {
                excerpt.add(cut(line));
            }
        }
        return excerpt;
    }

    /** Deck's viewer takes the number of a line behind the address of the run; behind a gap nobody knows it. */
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
