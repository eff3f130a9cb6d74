// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.kubevirt.cinotify.diagnosis.Diagnosis.Ambiguity;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The explanation of a failure; the contract of {@code explain} (design.md section 10).
 *
 * @param sigPerson the person of the SIG who is notified in addition to the responsible member
 * @param blocking whether the lane is required for merging
 * @param confidence the confidence in cause and SIG
 * @param symptoms the symptoms in the artifacts; null if none were read
 * @param doubt the alternatives if the diagnosis is ambiguous; null otherwise
 * @param known the known issue; null if there is none
 */
@JsonPropertyOrder({
    "job",
    "type",
    "repo",
    "sig",
    "area",
    "cause",
    "rule",
    "responsible",
    "level",
    "notifyAt",
    "trace",
    "sigPerson",
    "blocking",
    "confidence",
    "symptoms",
    "doubt",
    "known"
})
record Explanation(
        String job,
        JobType type,
        @Nullable Repository repo,
        String sig,
        String area,
        Cause cause,
        String rule,
        @Nullable String responsible,
        @Nullable Level level,
        @Nullable Instant notifyAt,
        List<String> trace,
        @Nullable String sigPerson,
        boolean blocking,
        Confidence confidence,
        @Nullable Symptoms symptoms,
        @Nullable Ambiguity doubt,
        @Nullable KnownIssueMatch known) {

    String text() {
        StringBuilder text = new StringBuilder(job() + "\n");
        text.append("  sig     ").append(sig());
        text.append(sigPerson() == null ? "" : " (" + sigPerson() + ")").append('\n');
        text.append("  area    ").append(area()).append('\n');
        text.append("  cause   ").append(cause().value()).append(" by rule ");
        text.append(rule()).append(", confidence ").append(confidence().value()).append('\n');
        text.append("  notify  ");
        text.append(
                responsible() == null || level() == null
                        ? "nobody"
                        : responsible() + " (" + level().title() + ") at " + notifyAt());
        if (confidence == Confidence.LOW) {
            text.append("\n  unsure  ").append(doubt == null ? "low confidence" : doubt.sentence());
        }
        if (symptoms != null) {
            symptoms.excerpt().forEach(line -> text.append("\n  log     ").append(line));
            symptoms.failingTests().forEach(test -> text.append("\n  test    ").append(test));
        }
        if (known != null) {
            text.append("\n  known   ").append(known.title());
            text.append(" until ").append(known.until()).append(", ").append(known.owner());
            text.append(", ").append(known.link());
        }
        trace().forEach(reason -> text.append("\n  why     ").append(reason));
        return text.toString();
    }
}
