// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.bump.BumpConfig;
import io.kubevirt.cinotify.bump.BumpPolicy;
import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.engine.bump.BumpTracker;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.store.BumpTable;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks each minute which pull requests of bots need attention; the incident engine receives only changes. */
@ApplicationScoped
public class BumpMonitor {
    private static final String BEGAN = "bumps/began";
    private static final String UNCLASSIFIED_KEY_PREFIX = "unclassified ";
    private static final String UNCLASSIFIED_RULE = "bump-unclassified";
    /** An unclassified pull request is reported once; it stays unclassified until the configuration changes. */
    private static final ReportedProblem.Need CLASSIFY = new ReportedProblem.Need("classify", true);

    private final IncidentService incidents;
    private final ConfigAgent config;

    public BumpMonitor(IncidentService incidents, ConfigAgent config) {
        this.incidents = incidents;
        this.config = config;
    }

    @Scheduled(every = "60s", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        if (config.get().file().bumps() != null && incidents.isLeader()) {
            incidents.decide(unitOfWork -> {
                check(unitOfWork);
                return true;
            });
        }
    }

    private static void check(IncidentUnitOfWork unitOfWork) {
        BumpConfig rules = unitOfWork.config().file().bumps();
        if (rules == null) {
            return;
        }
        Instant now = unitOfWork.now();
        BumpTable table = unitOfWork.transaction().bumps();
        Instant startedAt =
                unitOfWork.transaction().watermarks().getOrSet(BEGAN, "", now).at();
        List<TrackedBump> pulls = table.current(now.minus(BumpTracker.DEPLOYING)).stream()
                .filter(pull -> pull.endedAt() == null || !pull.endedAt().isBefore(startedAt))
                .toList();
        Map<String, ReportedProblem> problems = new TreeMap<>();
        new BumpPolicy(rules)
                .findProblems(pulls, table.lastOpened(), startedAt, now)
                .forEach(problem -> problems.put(problem.key(), problem));
        pulls.stream()
                .filter(pull -> pull.className().equals(BumpTracker.UNCLASSIFIED) && pull.endedAt() == null)
                .map(pull -> unclassifiedProblem(pull, rules.area()))
                .forEach(problem -> problems.put(problem.key(), problem));
        List<IncidentEvent> events = changes(problems, pulls, table, now);
        if (!events.isEmpty()) {
            unitOfWork.process(events);
        }
    }

    private static List<IncidentEvent> changes(
            Map<String, ReportedProblem> problems, List<TrackedBump> pulls, BumpTable table, Instant now) {
        Map<String, TrackedBump> known =
                pulls.stream().collect(Collectors.toMap(pull -> BumpPolicy.KEY_PREFIX + pull.name(), pull -> pull));
        List<IncidentEvent> events = new ArrayList<>();
        Map<String, String> reported = table.reportedProblems();
        problems.forEach((key, problem) -> {
            String text = problem.title() + "\n" + problem.why() + "\n"
                    + problem.diagnosis().area() + "\n" + commit(known.get(key));
            if (!text.equals(reported.get(key))) {
                events.add(new IncidentEvent.ProblemRaised(now, problem));
                table.markReported(key, text);
            }
        });
        reported.forEach((key, text) -> {
            if (!problems.containsKey(key) && !isRetested(known.get(key), text) && !isRedeployed(key, pulls)) {
                events.add(new IncidentEvent.ProblemCleared(now, key, clearedReason(key, table)));
                table.forgetReported(key);
            }
        });
        return events;
    }

    private static String clearedReason(String key, BumpTable table) {
        Optional<TrackedBump> about = table.current(Instant.EPOCH).stream()
                .filter(pull -> key.endsWith(" " + pull.name()))
                .findFirst();
        boolean unclassified = key.startsWith(UNCLASSIFIED_KEY_PREFIX);
        if (about.isEmpty() && (unclassified || key.startsWith(BumpPolicy.KEY_PREFIX))) {
            return "the configuration excludes it";
        }
        return unclassified && about.get().endedAt() == null
                ? "a class now matches it"
                : "it no longer needs attention";
    }

    /** A conflict is not tied to a commit. */
    private static String commit(@Nullable TrackedBump pull) {
        return pull == null || pull.phase() == TrackedBump.Phase.CONFLICTS ? "" : pull.headSha();
    }

    /** A retest of the same commit does not clear the problem. */
    private static boolean isRetested(@Nullable TrackedBump pull, String text) {
        return pull != null
                && (pull.phase() == TrackedBump.Phase.TESTING || pull.phase() == TrackedBump.Phase.RED)
                && text.endsWith("\n" + pull.headSha());
    }

    /** A pending deployment does not clear the problem. */
    private static boolean isRedeployed(String key, List<TrackedBump> pulls) {
        return pulls.stream()
                .anyMatch(pull -> key.equals(BumpPolicy.DEPLOYMENT_KEY_PREFIX + pull.name())
                        && pull.deployment() != null
                        && pull.deployment().state() == TrackedBump.Check.State.PENDING);
    }

    private static ReportedProblem unclassifiedProblem(TrackedBump pull, String area) {
        return new ReportedProblem(
                IncidentKind.BUMP,
                UNCLASSIFIED_KEY_PREFIX + pull.name(),
                "unclassified pull request " + pull.name(),
                new Diagnosis(
                        Cause.CONFIG,
                        Diagnosis.NO_SIG,
                        area,
                        Confidence.HIGH,
                        UNCLASSIFIED_RULE,
                        List.of(pull.title() + ", " + pull.url())),
                false,
                "a bot that the settings know has opened it, and no class of bumps fits: add one, or tell it apart",
                List.of(),
                null,
                CLASSIFY,
                List.of());
    }
}
