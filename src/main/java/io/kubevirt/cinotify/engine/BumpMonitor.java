// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.bump.BumpPolicy;
import io.kubevirt.cinotify.bump.BumpRules;
import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.config.BumpsBlock;
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

/** Looks once a minute which bots' pull requests need somebody; the incident core hears only of what has changed. */
@ApplicationScoped
public class BumpMonitor {

    private static final String BEGAN = "bumps/began";
    private static final String UNCLASSIFIED_KEY_PREFIX = "unclassified ";
    private static final String UNCLASSIFIED_RULE = "bump-unclassified";

    /** An unclassified pull request is reported once; it stays unclassified until the configuration changes. */
    private static final ReportedProblem.Need CLASSIFY = new ReportedProblem.Need("classify", true);

    private final IncidentService incidents;
    private final ConfigAgent config;

    /** @param desk where it is decided who is told */
    public BumpMonitor(IncidentService desk, ConfigAgent settings) {
        this.incidents = desk;
        this.config = settings;
    }

    /** Looks. */
    @Scheduled(every = "60s", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        if (config.get().file().bumps() != null && incidents.isLeader()) {
            incidents.decide(sitting -> {
                check(sitting);
                return true;
            });
        }
    }

    private static void check(IncidentUnitOfWork sitting) {
        BumpsBlock written = sitting.config().file().bumps();
        if (written == null) {
            return;
        }
        Instant now = sitting.now();
        BumpTable table = sitting.transaction().bumps();
        Instant began =
                sitting.transaction().watermarks().getOrSet(BEGAN, "", now).at();
        BumpRules rules = written.rules();
        List<TrackedBump> pulls = table.current(now.minus(BumpTracker.DEPLOYING)).stream()
                .filter(pull -> pull.endedAt() == null || !pull.endedAt().isBefore(began))
                .toList();
        Map<String, ReportedProblem> wrong = new TreeMap<>();
        new BumpPolicy(rules)
                .findProblems(pulls, table.lastOpened(), began, now)
                .forEach(problem -> wrong.put(problem.key(), problem));
        pulls.stream()
                .filter(pull -> pull.className().equals(BumpTracker.UNCLASSIFIED) && pull.endedAt() == null)
                .map(pull -> unclassifiedProblem(pull, rules.area()))
                .forEach(problem -> wrong.put(problem.key(), problem));
        List<IncidentEvent> inputs = changes(wrong, pulls, table, now);
        if (!inputs.isEmpty()) {
            sitting.process(inputs);
        }
    }

    private static List<IncidentEvent> changes(
            Map<String, ReportedProblem> wrong, List<TrackedBump> pulls, BumpTable table, Instant now) {
        Map<String, TrackedBump> known =
                pulls.stream().collect(Collectors.toMap(pull -> BumpPolicy.KEY_PREFIX + pull.name(), pull -> pull));
        List<IncidentEvent> inputs = new ArrayList<>();
        Map<String, String> told = table.reportedProblems();
        wrong.forEach((key, problem) -> {
            String words = problem.title() + "\n" + problem.why() + "\n"
                    + problem.diagnosis().area() + "\n" + commit(known.get(key));
            if (!words.equals(told.get(key))) {
                inputs.add(new IncidentEvent.ProblemRaised(now, problem));
                table.markReported(key, words);
            }
        });
        told.forEach((key, words) -> {
            if (!wrong.containsKey(key) && !isRetested(known.get(key), words) && !isRedeployed(key, pulls)) {
                inputs.add(new IncidentEvent.ProblemCleared(now, key, clearedReason(key, table)));
                table.forgetReported(key);
            }
        });
        return inputs;
    }

    /** Why nobody is needed any more. */
    private static String clearedReason(String key, BumpTable table) {
        Optional<TrackedBump> about = table.current(Instant.EPOCH).stream()
                .filter(pull -> key.endsWith(" " + pull.name()))
                .findFirst();
        boolean unclassified = key.startsWith(UNCLASSIFIED_KEY_PREFIX);
        if (about.isEmpty() && (unclassified || key.startsWith(BumpPolicy.KEY_PREFIX))) {
            return "the settings tell it apart, so that it is followed no more";
        }
        return unclassified && about.get().endedAt() == null
                ? "a class of the settings takes it"
                : "it needs nobody any more";
    }

    /** A conflict is over as soon as there is none. */
    private static String commit(@Nullable TrackedBump pull) {
        return pull == null || pull.phase() == TrackedBump.Phase.CONFLICTS ? "" : pull.headSha();
    }

    /** As long as the same commit is tested again, nothing is better than it was. */
    private static boolean isRetested(@Nullable TrackedBump pull, String told) {
        return pull != null
                && (pull.phase() == TrackedBump.Phase.TESTING || pull.phase() == TrackedBump.Phase.RED)
                && told.endsWith("\n" + pull.headSha());
    }

    /** What runs again is not in service yet. */
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
