// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import io.kubevirt.cinotify.bump.TrackedBump.Check;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sees which bumps need somebody. What it does not name any more is over: done means silence. */
public final class BumpPolicy {

    /** What the key of a pull request's problem begins with; its name follows. */
    public static final String KEY_PREFIX = "bump ";

    /** The same of what does not come into service. */
    public static final String DEPLOYMENT_KEY_PREFIX = "deployment of ";

    /** Prow has named by then all jobs that a commit needs, also those that only some changes need. */
    private static final Duration JOBS_LISTED_AFTER = Duration.ofMinutes(5);

    private static final ReportedProblem.Need RED = new ReportedProblem.Need("mend", false);
    private static final ReportedProblem.Need CONFLICTS = new ReportedProblem.Need("rebase", false);
    private static final ReportedProblem.Need APPROVAL = new ReportedProblem.Need("approve", true);
    private static final ReportedProblem.Need LATE = new ReportedProblem.Need("hurry", false);

    /** A rhythm has its slips: one that is half as late again is not on its way. */
    private static final int SILENT_AFTER_HALVES = 3;

    private final BumpRules rules;

    /** @param rules what the operator has settled */
    public BumpPolicy(BumpRules rules) {
        this.rules = rules;
    }

    /**
     * Looks at what has been seen; to be called about once a minute.
     *
     * @param pulls the open bumps, and those that ended lately
     * @param lastSeen when a bump of each class was last opened or pushed, by the class's name
     * @param since since when bumps are watched
     * @return what somebody must know of now
     */
    public List<ReportedProblem> findProblems(
            List<TrackedBump> pulls, Map<String, Instant> lastSeen, Instant since, Instant now) {
        List<ReportedProblem> problems = new ArrayList<>();
        for (TrackedBump pull : pulls) {
            rules.classes()
                    .classOf(pull)
                    .filter(BumpClass::isBump)
                    .flatMap(known -> problem(pull, known, now))
                    .ifPresent(problems::add);
        }
        Set<String> open = pulls.stream()
                .filter(pull -> pull.endedAt() == null)
                .map(TrackedBump::className)
                .collect(Collectors.toSet());
        rules.classes().all().stream()
                .filter(known -> known.isBump() && !open.contains(known.name()))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .flatMap(known -> silence(known, lastSeen.get(known.name()), since, now).stream())
                .forEach(problems::add);
        return List.copyOf(problems);
    }

    private Optional<ReportedProblem> problem(TrackedBump pull, BumpClass known, Instant now) {
        return switch (pull.phase()) {
            case CLOSED -> Optional.empty();
            case MERGED -> deployment(pull, known, now);
            case RED ->
                patienceIsOver(lastFailure(pull), now)
                        ? bump(pull, known, failedJobsText(pull), RED)
                        : Optional.empty();
            case CONFLICTS ->
                pull.conflictsSince() != null && patienceIsOver(pull.conflictsSince(), now)
                        ? bump(pull, known, "it conflicts with its base since " + pull.conflictsSince(), CONFLICTS)
                        : Optional.empty();
            case GREEN -> known.waitsForHuman() ? waiting(pull, known, now) : late(pull, known, now);
            case TESTING ->
                known.waitsForHuman() && pull.checks().isEmpty() && patienceIsOver(pull.pushedAt(), now)
                        ? waiting(pull, known, now)
                        : late(pull, known, now);
        };
    }

    /** Until all jobs have been named, those that have passed may not be all. */
    private static Optional<ReportedProblem> waiting(TrackedBump pull, BumpClass known, Instant now) {
        if (pull.pushedAt().plus(JOBS_LISTED_AFTER).isAfter(now)) {
            return Optional.empty();
        }
        Instant green = pull.checks().values().stream()
                .map(Check::at)
                .max(Instant::compareTo)
                .orElse(pull.pushedAt());
        String why = (pull.checks().isEmpty()
                        ? "no required job has run on it"
                        : "all that is required has passed at " + green)
                + ", and it waits for somebody to approve it";
        return green.plus(known.usualDuration()).isBefore(now)
                ? bump(pull, known, why + "; nine of ten are merged within " + hours(known.usualDuration()), LATE)
                : bump(pull, known, why, APPROVAL);
    }

    private static Optional<ReportedProblem> late(TrackedBump pull, BumpClass known, Instant now) {
        Duration age = Duration.between(pull.pushedAt(), now);
        return age.compareTo(known.usualDuration()) > 0
                ? bump(
                        pull,
                        known,
                        "its commit is of " + pull.pushedAt() + ", and "
                                + (known.usually() == null ? "it should be" : "nine of ten are") + " merged within "
                                + hours(known.usualDuration()),
                        LATE)
                : Optional.empty();
    }

    /** What fails is tried again, by machines and by people, before anybody is called. */
    private boolean patienceIsOver(Instant from, Instant now) {
        return !from.plus(rules.patience()).isAfter(now);
    }

    private static Instant lastFailure(TrackedBump pull) {
        return pull.checks().values().stream()
                .filter(check -> check.state() == Check.State.FAILURE)
                .map(Check::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static String failedJobsText(TrackedBump pull) {
        return "required and red, with nothing running any more: "
                + pull.failedJobs().stream()
                        .map(context -> context + times(pull.checks().get(context)))
                        .collect(Collectors.joining(", "));
    }

    private static String times(@Nullable Check check) {
        return check == null || check.failures() < 2 ? "" : " (" + check.failures() + " times)";
    }

    private static Optional<ReportedProblem> bump(
            TrackedBump pull, BumpClass known, String why, ReportedProblem.Need need) {
        Diagnosis diagnosis = diagnosis(
                known.area() == null ? "" : known.area(), known.sig(), "bump", pull.title() + ", " + pull.url());
        return known.area() == null
                ? Optional.empty()
                : Optional.of(new ReportedProblem(
                        IncidentKind.BUMP,
                        KEY_PREFIX + pull.name(),
                        known.name() + " " + pull.name(),
                        diagnosis,
                        false,
                        why,
                        List.of(),
                        pull.name(),
                        need,
                        List.of()));
    }

    private Optional<ReportedProblem> deployment(TrackedBump pull, BumpClass known, Instant now) {
        if (known.deployment() == null || pull.endedAt() == null) {
            return Optional.empty();
        }
        Check deployment = pull.deployment();
        if (deployment == null) {
            return patienceIsOver(pull.endedAt(), now)
                    ? failedDeployment(pull, known, known.deployment() + " has not run since the merge")
                    : Optional.empty();
        }
        String page = deployment.url() == null ? "" : ": " + deployment.url();
        return switch (deployment.state()) {
            case SUCCESS -> Optional.empty();
            case FAILURE -> failedDeployment(pull, known, known.deployment() + " failed" + page);
            case PENDING ->
                patienceIsOver(deployment.at(), now)
                        ? failedDeployment(
                                pull,
                                known,
                                known.deployment() + " has neither passed nor failed since " + deployment.at()
                                        + ": it hangs, or was aborted and not run again" + page)
                        : Optional.empty();
        };
    }

    private Optional<ReportedProblem> failedDeployment(TrackedBump pull, BumpClass known, String why) {
        return Optional.of(new ReportedProblem(
                IncidentKind.BUMP,
                DEPLOYMENT_KEY_PREFIX + pull.name(),
                "deployment of " + known.name() + " " + pull.name(),
                diagnosis(rules.deploymentArea(), null, "bump-deployment", pull.title() + ", " + pull.url()),
                true,
                why,
                known.deployment() == null ? List.of() : List.of(known.deployment())));
    }

    private static Optional<ReportedProblem> silence(
            BumpClass known, @Nullable Instant lastSeen, Instant since, Instant now) {
        if (known.area() == null || known.expectedInterval().isEmpty()) {
            return Optional.empty();
        }
        Duration limit =
                known.expectedInterval().get().multipliedBy(SILENT_AFTER_HALVES).dividedBy(2);
        Instant from = lastSeen == null ? since : lastSeen;
        if (Duration.between(from, now).compareTo(limit) <= 0) {
            return Optional.empty();
        }
        String why = (lastSeen == null ? "none was seen since " + since : "the last one was seen at " + lastSeen)
                + ", one is expected every " + hours(known.expectedInterval().get())
                + (known.job() == null ? "" : "; " + known.job() + " should open it");
        return Optional.of(new ReportedProblem(
                IncidentKind.BUMP,
                "silence of " + known.name(),
                known.name() + ": the bump job is silent",
                diagnosis(known.area(), known.sig(), "bump-silent", why),
                false,
                why,
                known.job() == null ? List.of() : List.of(known.job())));
    }

    private static Diagnosis diagnosis(String area, @Nullable String sig, String rule, String fact) {
        return new Diagnosis(
                Cause.CONFIG, sig == null ? Diagnosis.NO_SIG : sig, area, Confidence.HIGH, rule, List.of(fact));
    }

    private static String hours(Duration duration) {
        return duration.toDays() >= 2 ? duration.toDays() + " days" : duration.toHours() + " h";
    }
}
