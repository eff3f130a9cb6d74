/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.bump;

import io.kubevirt.cinotify.bump.BumpPull.Check;
import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Confidence;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.incident.policy.CaseKind;
import io.kubevirt.cinotify.incident.policy.Problem;
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
public final class BumpWatch {

    /** What the key of a pull request's problem begins with; its name follows. */
    public static final String KEY = "bump ";

    /** The same of what does not come into service. */
    public static final String DEPLOYMENT_KEY = "deployment of ";

    /** Prow has named by then all jobs that a commit needs, also those that only some changes need. */
    private static final Duration NAMED = Duration.ofMinutes(5);

    private static final Problem.Need RED = new Problem.Need("mend", false);
    private static final Problem.Need CONFLICTS = new Problem.Need("rebase", false);
    private static final Problem.Need APPROVAL = new Problem.Need("approve", true);
    private static final Problem.Need LATE = new Problem.Need("hurry", false);

    /** A rhythm has its slips: one that is half as late again is not on its way. */
    private static final int SILENT_AFTER_HALVES = 3;

    private final BumpRules rules;

    /** @param rules what the operator has settled */
    public BumpWatch(BumpRules rules) {
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
    public List<Problem> look(List<BumpPull> pulls, Map<String, Instant> lastSeen, Instant since, Instant now) {
        List<Problem> problems = new ArrayList<>();
        for (BumpPull pull : pulls) {
            rules.classes()
                    .of(pull)
                    .filter(BumpClass::isBump)
                    .flatMap(known -> problem(pull, known, now))
                    .ifPresent(problems::add);
        }
        Set<String> open = pulls.stream()
                .filter(pull -> pull.endedAt() == null)
                .map(BumpPull::of)
                .collect(Collectors.toSet());
        rules.classes().all().stream()
                .filter(known -> known.isBump() && !open.contains(known.name()))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .flatMap(known -> silence(known, lastSeen.get(known.name()), since, now).stream())
                .forEach(problems::add);
        return List.copyOf(problems);
    }

    private Optional<Problem> problem(BumpPull pull, BumpClass known, Instant now) {
        return switch (pull.phase()) {
            case CLOSED -> Optional.empty();
            case MERGED -> deployment(pull, known, now);
            case RED -> isOver(lastFailure(pull), now) ? bump(pull, known, red(pull), RED) : Optional.empty();
            case CONFLICTS ->
                pull.conflictsSince() != null && isOver(pull.conflictsSince(), now)
                        ? bump(pull, known, "it conflicts with its base since " + pull.conflictsSince(), CONFLICTS)
                        : Optional.empty();
            case GREEN -> known.waitsForHuman() ? waiting(pull, known, now) : late(pull, known, now);
            case TESTING ->
                known.waitsForHuman() && pull.checks().isEmpty() && isOver(pull.pushedAt(), now)
                        ? waiting(pull, known, now)
                        : late(pull, known, now);
        };
    }

    /** Until all jobs have been named, those that have passed may not be all. */
    private static Optional<Problem> waiting(BumpPull pull, BumpClass known, Instant now) {
        if (pull.pushedAt().plus(NAMED).isAfter(now)) {
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
        return green.plus(known.usualTime()).isBefore(now)
                ? bump(pull, known, why + "; nine of ten are merged within " + hours(known.usualTime()), LATE)
                : bump(pull, known, why, APPROVAL);
    }

    private static Optional<Problem> late(BumpPull pull, BumpClass known, Instant now) {
        Duration age = Duration.between(pull.pushedAt(), now);
        return age.compareTo(known.usualTime()) > 0
                ? bump(
                        pull,
                        known,
                        "its commit is of " + pull.pushedAt() + ", and "
                                + (known.usually() == null ? "it should be" : "nine of ten are") + " merged within "
                                + hours(known.usualTime()),
                        LATE)
                : Optional.empty();
    }

    /** What fails is tried again, by machines and by people, before anybody is called. */
    private boolean isOver(Instant from, Instant now) {
        return !from.plus(rules.patience()).isAfter(now);
    }

    private static Instant lastFailure(BumpPull pull) {
        return pull.checks().values().stream()
                .filter(check -> check.state() == Check.State.FAILURE)
                .map(Check::at)
                .max(Instant::compareTo)
                .orElseThrow();
    }

    private static String red(BumpPull pull) {
        return "required and red, with nothing running any more: "
                + pull.red().stream()
                        .map(context -> context + times(pull.checks().get(context)))
                        .collect(Collectors.joining(", "));
    }

    private static String times(@Nullable Check check) {
        return check == null || check.failures() < 2 ? "" : " (" + check.failures() + " times)";
    }

    private static Optional<Problem> bump(BumpPull pull, BumpClass known, String why, Problem.Need need) {
        Diagnosis diagnosis = diagnosis(
                known.area() == null ? "" : known.area(), known.sig(), "bump", pull.title() + ", " + pull.url());
        return known.area() == null
                ? Optional.empty()
                : Optional.of(new Problem(
                        CaseKind.BUMP,
                        KEY + pull.name(),
                        known.name() + " " + pull.name(),
                        diagnosis,
                        false,
                        why,
                        List.of(),
                        pull.name(),
                        need,
                        List.of()));
    }

    private Optional<Problem> deployment(BumpPull pull, BumpClass known, Instant now) {
        if (known.deployment() == null || pull.endedAt() == null) {
            return Optional.empty();
        }
        Check deployment = pull.deployment();
        if (deployment == null) {
            return isOver(pull.endedAt(), now)
                    ? failedDeployment(pull, known, known.deployment() + " has not run since the merge")
                    : Optional.empty();
        }
        String page = deployment.url() == null ? "" : ": " + deployment.url();
        return switch (deployment.state()) {
            case SUCCESS -> Optional.empty();
            case FAILURE -> failedDeployment(pull, known, known.deployment() + " failed" + page);
            case PENDING ->
                isOver(deployment.at(), now)
                        ? failedDeployment(
                                pull,
                                known,
                                known.deployment() + " has neither passed nor failed since " + deployment.at()
                                        + ": it hangs, or was aborted and not run again" + page)
                        : Optional.empty();
        };
    }

    private Optional<Problem> failedDeployment(BumpPull pull, BumpClass known, String why) {
        return Optional.of(new Problem(
                CaseKind.BUMP,
                DEPLOYMENT_KEY + pull.name(),
                "deployment of " + known.name() + " " + pull.name(),
                diagnosis(rules.deploymentArea(), null, "bump-deployment", pull.title() + ", " + pull.url()),
                true,
                why,
                known.deployment() == null ? List.of() : List.of(known.deployment())));
    }

    private static Optional<Problem> silence(BumpClass known, @Nullable Instant lastSeen, Instant since, Instant now) {
        if (known.area() == null || known.rhythm().isEmpty()) {
            return Optional.empty();
        }
        Duration limit = known.rhythm().get().multipliedBy(SILENT_AFTER_HALVES).dividedBy(2);
        Instant from = lastSeen == null ? since : lastSeen;
        if (Duration.between(from, now).compareTo(limit) <= 0) {
            return Optional.empty();
        }
        String why = (lastSeen == null ? "none was seen since " + since : "the last one was seen at " + lastSeen)
                + ", one is expected every " + hours(known.rhythm().get())
                + (known.job() == null ? "" : "; " + known.job() + " should open it");
        return Optional.of(new Problem(
                CaseKind.BUMP,
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
