// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import io.kubevirt.cinotify.bump.TrackedBump.Check;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.prow.Repository;
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

/** Finds the bumps that need attention. A problem that is not returned any more is resolved. */
public final class BumpPolicy {
    /** Key prefix of problems of a pull request, followed by its name. */
    public static final String KEY_PREFIX = "bump ";

    /** Key prefix of failed deployments. */
    public static final String DEPLOYMENT_KEY_PREFIX = "deployment of ";

    /** By then Prow has created the status of every job that the commit needs. */
    private static final Duration JOBS_LISTED_AFTER = Duration.ofMinutes(5);

    /** The names are stored and compared: a new name would announce every open problem again. */
    private static final ReportedProblem.Need RED = new ReportedProblem.Need("mend", false);

    private static final ReportedProblem.Need CONFLICTS = new ReportedProblem.Need("rebase", false);
    private static final ReportedProblem.Need APPROVAL = new ReportedProblem.Need("approve", true);
    private static final ReportedProblem.Need LATE = new ReportedProblem.Need("hurry", false);

    /** A bump is missing after one and a half times the expected interval. */
    private static final int SILENT_AFTER_HALVES = 3;

    private static final String SILENT = ": no bump was opened";

    private final BumpConfig rules;
    private final BumpClasses classes;

    public BumpPolicy(BumpConfig rules) {
        this.rules = rules;
        this.classes = rules.bumpClasses();
    }

    /**
     * The repositories that a problem is about, by its title: of its pull request, or of its class. Without any if the class has all;
     * empty if the title shows neither, as after a class has left the settings.
     */
    public Optional<Set<Repository>> repositoriesOf(String title) {
        if (title.endsWith(SILENT)) {
            return classes.all().stream()
                    .filter(bumpClass -> title.equals(bumpClass.name() + SILENT))
                    .findFirst()
                    .map(bumpClass ->
                            bumpClass.repo().stream().map(Repository::of).collect(Collectors.toSet()));
        }
        String pull = title.substring(title.lastIndexOf(' ') + 1);
        return Repository.parse(pull.replaceFirst("#\\d+$", "")).map(Set::of);
    }

    /** {@code lastSeen} is when a bump of a class was last opened or pushed; {@code since} when tracking began. */
    public List<ReportedProblem> findProblems(
            List<TrackedBump> pulls, Map<String, Instant> lastSeen, Instant since, Instant now) {
        List<ReportedProblem> problems = new ArrayList<>();
        for (TrackedBump pull : pulls) {
            classes.classOf(pull)
                    .filter(BumpClass::bump)
                    .flatMap(bumpClass -> problem(pull, bumpClass, now))
                    .ifPresent(problems::add);
        }
        Set<String> open = pulls.stream()
                .filter(pull -> pull.endedAt() == null)
                .map(TrackedBump::className)
                .collect(Collectors.toSet());
        classes.all().stream()
                .filter(bumpClass -> bumpClass.bump() && !open.contains(bumpClass.name()))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .flatMap(bumpClass -> silence(bumpClass, lastSeen.get(bumpClass.name()), since, now).stream())
                .forEach(problems::add);
        return List.copyOf(problems);
    }

    private Optional<ReportedProblem> problem(TrackedBump pull, BumpClass bumpClass, Instant now) {
        return switch (pull.phase()) {
            case CLOSED -> Optional.empty();
            case MERGED -> deployment(pull, bumpClass, now);
            case RED ->
                patienceIsOver(lastFailure(pull), now)
                        ? bump(pull, bumpClass, failedJobsText(pull), RED)
                        : Optional.empty();
            case CONFLICTS ->
                pull.conflictsSince() != null && patienceIsOver(pull.conflictsSince(), now)
                        ? bump(pull, bumpClass, "it has merge conflicts since " + pull.conflictsSince(), CONFLICTS)
                        : Optional.empty();
            case GREEN -> bumpClass.needsHuman() ? waiting(pull, bumpClass, now) : late(pull, bumpClass, now);
            case TESTING ->
                bumpClass.needsHuman() && pull.checks().isEmpty() && patienceIsOver(pull.pushedAt(), now)
                        ? waiting(pull, bumpClass, now)
                        : late(pull, bumpClass, now);
        };
    }

    /** Until all jobs have a status, the passed ones may not be all. */
    private static Optional<ReportedProblem> waiting(TrackedBump pull, BumpClass bumpClass, Instant now) {
        if (pull.pushedAt().plus(JOBS_LISTED_AFTER).isAfter(now)) {
            return Optional.empty();
        }
        Instant green = pull.checks().values().stream()
                .map(Check::at)
                .max(Instant::compareTo)
                .orElse(pull.pushedAt());
        String why = (pull.checks().isEmpty() ? "no required job has run" : "all required jobs passed at " + green)
                + ", and it waits for approval";
        return green.plus(bumpClass.usualDuration()).isBefore(now)
                ? bump(pull, bumpClass, why + "; it is usually merged within " + hours(bumpClass.usualDuration()), LATE)
                : bump(pull, bumpClass, why, APPROVAL);
    }

    private static Optional<ReportedProblem> late(TrackedBump pull, BumpClass bumpClass, Instant now) {
        Duration age = Duration.between(pull.pushedAt(), now);
        return age.compareTo(bumpClass.usualDuration()) > 0
                ? bump(
                        pull,
                        bumpClass,
                        "its commit was pushed at " + pull.pushedAt() + "; "
                                + "it is usually merged within "
                                + hours(bumpClass.usualDuration()),
                        LATE)
                : Optional.empty();
    }

    /** Failed jobs are retried by bots and people before anybody is notified. */
    private boolean patienceIsOver(Instant from, Instant now) {
        return !from.plus(rules.gracePeriod()).isAfter(now);
    }

    private static Instant lastFailure(TrackedBump pull) {
        return pull.checks().values().stream()
                .filter(check -> check.state() == Check.State.FAILURE)
                .map(Check::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static String failedJobsText(TrackedBump pull) {
        return "required jobs failed and none is running: "
                + pull.failedJobs().stream()
                        .map(context -> context + times(pull.checks().get(context)))
                        .collect(Collectors.joining(", "));
    }

    private static String times(@Nullable Check check) {
        return check == null || check.failures() < 2 ? "" : " (" + check.failures() + " times)";
    }

    private static Optional<ReportedProblem> bump(
            TrackedBump pull, BumpClass bumpClass, String why, ReportedProblem.Need need) {
        Diagnosis diagnosis = diagnosis(
                bumpClass.area() == null ? "" : bumpClass.area(),
                bumpClass.sig(),
                "bump",
                pull.title() + ", " + pull.url());
        return bumpClass.area() == null
                ? Optional.empty()
                : Optional.of(new ReportedProblem(
                        IncidentKind.BUMP,
                        KEY_PREFIX + pull.name(),
                        bumpClass.name() + " " + pull.name(),
                        diagnosis,
                        false,
                        why,
                        List.of(),
                        pull.name(),
                        need,
                        List.of()));
    }

    private Optional<ReportedProblem> deployment(TrackedBump pull, BumpClass bumpClass, Instant now) {
        if (bumpClass.deployment() == null || pull.endedAt() == null) {
            return Optional.empty();
        }
        Check deployment = pull.deployment();
        if (deployment == null) {
            return patienceIsOver(pull.endedAt(), now)
                    ? failedDeployment(pull, bumpClass, bumpClass.deployment() + " has not run since the merge")
                    : Optional.empty();
        }
        String page = deployment.url() == null ? "" : ": " + deployment.url();
        return switch (deployment.state()) {
            case SUCCESS -> Optional.empty();
            case FAILURE -> failedDeployment(pull, bumpClass, bumpClass.deployment() + " failed" + page);
            case PENDING ->
                patienceIsOver(deployment.at(), now)
                        ? failedDeployment(
                                pull,
                                bumpClass,
                                bumpClass.deployment() + " has neither passed nor failed since " + deployment.at()
                                        + ": it hangs, or was aborted and not run again" + page)
                        : Optional.empty();
        };
    }

    private Optional<ReportedProblem> failedDeployment(TrackedBump pull, BumpClass bumpClass, String why) {
        return Optional.of(new ReportedProblem(
                IncidentKind.BUMP,
                DEPLOYMENT_KEY_PREFIX + pull.name(),
                "deployment of " + bumpClass.name() + " " + pull.name(),
                diagnosis(rules.deploymentArea(), null, "bump-deployment", pull.title() + ", " + pull.url()),
                true,
                why,
                bumpClass.deployment() == null ? List.of() : List.of(bumpClass.deployment()),
                null));
    }

    private static Optional<ReportedProblem> silence(
            BumpClass bumpClass, @Nullable Instant lastSeen, Instant since, Instant now) {
        if (bumpClass.area() == null || bumpClass.interval() == null) {
            return Optional.empty();
        }
        Duration limit = bumpClass.interval().multipliedBy(SILENT_AFTER_HALVES).dividedBy(2);
        Instant from = lastSeen == null ? since : lastSeen;
        if (Duration.between(from, now).compareTo(limit) <= 0) {
            return Optional.empty();
        }
        String why = (lastSeen == null ? "none was seen since " + since : "the last one was seen at " + lastSeen)
                + ", one is expected every "
                + hours(bumpClass.interval())
                + (bumpClass.job() == null ? "" : "; " + bumpClass.job() + " should open it");
        return Optional.of(new ReportedProblem(
                IncidentKind.BUMP,
                "silence of " + bumpClass.name(),
                bumpClass.name() + SILENT,
                diagnosis(bumpClass.area(), bumpClass.sig(), "bump-silent", why),
                false,
                why,
                bumpClass.job() == null ? List.of() : List.of(bumpClass.job()),
                null));
    }

    private static Diagnosis diagnosis(String area, @Nullable String sig, String rule, String fact) {
        return new Diagnosis(
                Cause.CONFIG, sig == null ? Diagnosis.NO_SIG : sig, area, Confidence.HIGH, rule, List.of(fact));
    }

    private static String hours(Duration duration) {
        return duration.toDays() >= 2 ? duration.toDays() + " days" : duration.toHours() + " h";
    }
}
