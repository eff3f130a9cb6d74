// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.stale.OpenProblems.OpenProblem;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.StalenessResult;
import io.kubevirt.cinotify.incident.stale.StalenessDetector.WatchStatus;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Creates the reports of staleness. They have no SIG and no run to show. */
final class StaleProblemFactory {
    private final StalenessThresholds.Areas areas;
    private final OpenProblems openProblems;
    private final WatchStatus watch;
    private final Instant now;

    StaleProblemFactory(StalenessThresholds.Areas areas, OpenProblems openProblems, WatchStatus watch, Instant now) {
        this.areas = areas;
        this.openProblems = openProblems;
        this.watch = watch;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    /** The open problems of a kind by subject, oldest first. */
    Map<String, OpenProblem> open(IncidentKind kind) {
        Map<String, OpenProblem> open = new LinkedHashMap<>();
        openProblems.open(kind).forEach(raised -> open.put(raised.subject(), raised));
        return open;
    }

    /** Reports a problem; {@code facts} are the sentences of its trace. */
    StalenessResult raised(IncidentKind kind, String subject, String rule, List<String> facts) {
        Diagnosis diagnosis =
                new Diagnosis(Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, area(kind), Confidence.HIGH, rule, facts);
        List<String> lanes = kind == IncidentKind.MISSING_RUN ? List.of(subject) : List.of();
        String key = key(kind, subject);
        String why = sentence(kind, subject) + ": " + facts.getFirst();
        return new StalenessResult.Raised(
                new ReportedProblem(kind, key, key, diagnosis, isBlocking(kind), why, lanes, null));
    }

    StalenessResult cleared(OpenProblem raised, String because) {
        return new StalenessResult.Cleared(key(raised.kind(), raised.subject()), because);
    }

    /** The key of a problem, also its title. */
    static String key(IncidentKind kind, String subject) {
        return kind.value() + " " + subject;
    }

    /** Suppresses a problem because a wider one is reported; counted once, not at every check. */
    List<StalenessResult> suppressed(Instant reached, StalenessResult.Reason why, String reason) {
        return watch.isNew(reached) ? List.of(new StalenessResult.Suppressed(why, reason)) : List.of();
    }

    private static String sentence(IncidentKind kind, String subject) {
        return switch (kind) {
            case MISSING_RUN -> "the job " + subject + " does not start when it should";
            case STALLED_CLUSTER -> "the cluster " + subject + " does not start pending runs";
            case SILENT_PROW -> "Prow starts nothing on any cluster";
            default -> throw new IllegalArgumentException(kind + " is not a staleness problem");
        };
    }

    private String area(IncidentKind kind) {
        return switch (kind) {
            case STALLED_CLUSTER -> areas.stalledCluster();
            case SILENT_PROW -> areas.silentProw();
            default -> areas.missingRun();
        };
    }

    /** Without pods no pull request merges. */
    private static boolean isBlocking(IncidentKind kind) {
        return kind == IncidentKind.STALLED_CLUSTER || kind == IncidentKind.SILENT_PROW;
    }
}
