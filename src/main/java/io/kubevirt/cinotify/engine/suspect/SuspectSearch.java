// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.suspect;

import io.kubevirt.cinotify.bump.BumpClass;
import io.kubevirt.cinotify.bump.TrackedBump;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Lane;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.DayCounts.LaneDay;
import io.kubevirt.cinotify.store.EndedRunQuery.EndedRun;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.suspect.LaneBreakage;
import io.kubevirt.cinotify.suspect.LaneHistory;
import io.kubevirt.cinotify.suspect.MergedPull;
import io.kubevirt.cinotify.suspect.RunOnBase;
import io.kubevirt.cinotify.suspect.SuspectRanker;
import io.kubevirt.cinotify.suspect.SuspectReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects what the store knows of the lane of an incident, and ranks it. Asks nobody outside. */
public record SuspectSearch(Config config, Transaction transaction) {
    /** The longest range, and some days so that the base of an old run is known. */
    private static final Duration LOOK_BACK = Duration.ofDays(9);

    private static final Duration FLAKES_FROM = Duration.ofDays(28);
    private static final int MAX_LANES = 10;

    /** Adds what changed to a notification; to each one, because a later message replaces the text. */
    public OutgoingMessage.IncidentMessage annotate(Decision.Notify notify) {
        Notification notification = notify.notification();
        Optional<SuspectReport> report = report(notification.incident());
        Optional<Notification.ChangeNote> note = report.flatMap(found -> note(found, notification.incident()));
        List<String> reasons = new ArrayList<>(notify.reasons());
        if (notification.kind() == NotificationKind.OPENED) {
            report.map(SuspectReport::silence).ifPresent(why -> reasons.add("suspects: not shown, because " + why));
        }
        return new OutgoingMessage.IncidentMessage(note.map(notification::with).orElse(notification), reasons);
    }

    private Optional<Notification.ChangeNote> note(SuspectReport report, IncidentView incident) {
        String compare = report.range()
                .flatMap(range -> incident.repository()
                        .map(repository ->
                                config.file().prow().gitHubServer().url() + "/" + repository + "/compare/" + range))
                .orElse(null);
        return report.sentence()
                .filter(sentence -> !report.shown().isEmpty() || compare != null)
                .map(sentence -> new Notification.ChangeNote(sentence, compare));
    }

    /** Empty for incidents that are not about one lane of a repository. */
    public Optional<SuspectReport> report(IncidentView incident) {
        return history(incident).map(history -> new SuspectRanker(config.file().suspects()).rank(history));
    }

    /**
     * What the ledger lacks.
     *
     * @param range the commits to compare; null if their merges are known
     * @param withoutPaths candidates whose paths are unknown
     */
    public record LedgerRequest(
            Repository repository, String branch, @Nullable String range, List<MergedPull> withoutPaths) {}

    /** What to ask GitHub for an incident; empty if nothing would be shown anyway. */
    public Optional<LedgerRequest> request(IncidentView incident) {
        Optional<SuspectReport> report = report(incident);
        boolean gap = report.map(SuspectReport::silence)
                .filter(LedgerGap.UNKNOWN::equals)
                .isPresent();
        if (report.isEmpty() || report.get().silence() != null && !gap) {
            return Optional.empty();
        }
        Repository repository = Repository.of(incident.repository().orElseThrow());
        List<MergedPull> known = report.get().between();
        String branch = known.isEmpty() || known.getFirst().branch().isEmpty()
                ? ""
                : known.getFirst().branch();
        return Optional.of(new LedgerRequest(
                repository,
                branch.isEmpty() ? branchOf(incident, repository) : branch,
                gap ? report.get().range().orElse(null) : null,
                gap
                        ? List.of()
                        : known.stream()
                                .filter(pull -> pull.number() > 0
                                        && pull.paths().isEmpty()
                                        && pull.repository().equals(repository.fullName()))
                                .toList()));
    }

    /** Runs of periodic jobs of an incident whose commit only their artifacts show, the newest first. */
    public List<JobRun> withoutBase(IncidentView incident) {
        Optional<Repository> repository = incident.kind() == IncidentKind.LANE
                ? incident.repository().flatMap(Repository::parse)
                : Optional.empty();
        return repository
                .map(found -> runs(lanes(incident, found), incident.since()).reversed().stream()
                        .filter(run -> run.type() == JobType.PERIODIC && run.baseSha() == null)
                        .toList())
                .orElse(List.of());
    }

    private String branchOf(IncidentView incident, Repository repository) {
        return branch(
                incident,
                runs(lanes(incident, repository), incident.since()),
                transaction
                        .merges()
                        .since(repository.fullName(), incident.since().minus(LOOK_BACK)));
    }

    Optional<LaneHistory> history(IncidentView incident) {
        Optional<Repository> repository = incident.kind() == IncidentKind.LANE && incident.latest() != null
                ? Optional.ofNullable(incident.latest().repository()).flatMap(Repository::parse)
                : Optional.empty();
        return repository.map(found -> history(incident, found));
    }

    private LaneHistory history(IncidentView incident, Repository repository) {
        List<String> lanes = lanes(incident, repository);
        List<JobRun> runs = runs(lanes, incident.since());
        List<MergedPull> known = transaction
                .merges()
                .since(repository.fullName(), incident.since().minus(LOOK_BACK));
        String branch = branch(incident, runs, known);
        List<MergedPull> merges = Stream.concat(
                        known.stream().filter(pull -> pull.branch().equals(branch)),
                        bumpsElsewhere(incident, repository))
                .sorted(Comparator.comparing(MergedPull::mergedAt))
                .toList();
        LaneHistory history = new LaneHistory(
                breakage(incident, repository, lanes, branches(incident, runs)),
                runs.stream().map(SuspectSearch::onBase).toList(),
                merges,
                transaction
                        .laneDefinitions()
                        .lastChange(lanes, incident.since())
                        .orElse(null),
                null);
        return history.withGap(new LedgerGap(transaction.merges(), repository.fullName()).reason(history));
    }

    private static List<String> lanes(IncidentView incident, Repository repository) {
        return incident.lanes().stream()
                .limit(MAX_LANES)
                .map(job -> new Lane(repository, job).toString())
                .toList();
    }

    /** Those around the first red, finished and not aborted, oldest first. */
    private List<JobRun> runs(List<String> lanes, Instant firstRed) {
        Instant from = firstRed.minus(LOOK_BACK);
        return lanes.stream()
                .flatMap(lane -> transaction.endedRuns().ofLane(lane, from, firstRed, LaneHistory.MAX_RUNS).stream())
                .sorted(Comparator.comparing(EndedRun::at))
                .map(EndedRun::run)
                .filter(run -> run.triggeredAt() != null
                        && (run.state() == JobState.SUCCESS || run.state().isRed()))
                .toList();
    }

    private static RunOnBase onBase(JobRun run) {
        return new RunOnBase(
                Objects.requireNonNull(run.triggeredAt()),
                run.baseSha(),
                run.state().isRed(),
                run.pulls().stream().map(Pull::number).collect(Collectors.toUnmodifiableSet()));
    }

    /** A status does not name the branch: it is that of a merge which a run tested, or one on which the job runs. */
    private String branch(IncidentView incident, List<JobRun> runs, List<MergedPull> merges) {
        Set<String> bases =
                runs.stream().map(JobRun::baseSha).filter(Objects::nonNull).collect(Collectors.toSet());
        return runs.reversed().stream()
                .map(JobRun::baseRef)
                .filter(Objects::nonNull)
                .findFirst()
                .or(() -> merges.reversed().stream()
                        .filter(pull -> bases.contains(pull.commit()))
                        .map(MergedPull::branch)
                        .findFirst())
                .or(() -> merges.reversed().stream()
                        .map(MergedPull::branch)
                        .filter(branch -> mayRunOn(incident, branch))
                        .findFirst())
                .orElse("main");
    }

    private boolean mayRunOn(IncidentView incident, String branch) {
        List<Job> jobs = incident.lanes().stream()
                .flatMap(lane -> config.jobs().named(lane).stream())
                .toList();
        return jobs.isEmpty() || jobs.stream().anyMatch(job -> job.branches().shouldRun(branch));
    }

    private static int branches(IncidentView incident, List<JobRun> runs) {
        return (int) runs.stream()
                .filter(run -> run.state().isRed()
                        && run.lastChange() != null
                        && !run.lastChange().isBefore(incident.since()))
                .map(JobRun::baseRef)
                .filter(Objects::nonNull)
                .distinct()
                .count();
    }

    private LaneBreakage breakage(IncidentView incident, Repository repository, List<String> lanes, int branches) {
        Symptoms symptoms = incident.diagnosis().symptoms();
        LaneDay before = transaction
                .dayCounts()
                .total(
                        lanes,
                        incident.since().minus(FLAKES_FROM),
                        incident.since().minus(Duration.ofDays(1)));
        return new LaneBreakage(
                repository.fullName(),
                incident.diagnosis().cause(),
                incident.diagnosis().sig(),
                symptoms == null
                        ? List.of()
                        : Stream.concat(symptoms.excerpt().stream(), symptoms.failingTests().stream())
                                .toList(),
                (before.failed() + 1.0) / (before.finished() + 10.0),
                incident.since(),
                branches);
    }

    /** Bumps of other repositories that affect all lanes, such as one of Prow. */
    private Stream<MergedPull> bumpsElsewhere(IncidentView incident, Repository repository) {
        var bumps = config.file().bumps();
        if (bumps == null) {
            return Stream.of();
        }
        Instant from = incident.since().minus(bumps.suspectWindow());
        return transaction.bumps().current(from).stream()
                .filter(bump -> bump.phase() == TrackedBump.Phase.MERGED
                        && bump.mergeSha() != null
                        && !bump.repository().equals(repository)
                        && config.bumpClasses()
                                .classOf(bump)
                                .filter(BumpClass::affectsAllRepositories)
                                .isPresent()
                        && isPublic(bump))
                .map(SuspectSearch::merged);
    }

    /** A private bump is named only in its own repository. */
    private boolean isPublic(TrackedBump bump) {
        Visibility shown = transaction.visibility().ofRepository(bump.repository());
        return config.visibility(bump.repository(), shown) == Visibility.PUBLIC;
    }

    private static MergedPull merged(TrackedBump bump) {
        return new MergedPull(
                bump.repository().fullName(),
                "",
                Objects.requireNonNull(bump.mergeSha()),
                bump.number(),
                bump.title(),
                "",
                Objects.requireNonNull(bump.endedAt()),
                List.of(),
                false,
                bump.className());
    }
}
