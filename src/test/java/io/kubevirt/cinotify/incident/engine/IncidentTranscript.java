// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.engine;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import io.kubevirt.cinotify.diagnosis.Symptoms;
import io.kubevirt.cinotify.fixture.Seed;
import io.kubevirt.cinotify.incident.Assignment;
import io.kubevirt.cinotify.incident.Decision;
import io.kubevirt.cinotify.incident.Decision.Decisions;
import io.kubevirt.cinotify.incident.DiagnosedRun;
import io.kubevirt.cinotify.incident.EngineConfig;
import io.kubevirt.cinotify.incident.FailedRun;
import io.kubevirt.cinotify.incident.IncidentAction;
import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.ObservedRun;
import io.kubevirt.cinotify.incident.ObservedRun.JobThresholds;
import io.kubevirt.cinotify.incident.Recipient;
import io.kubevirt.cinotify.incident.ReportedProblem;
import io.kubevirt.cinotify.incident.RunExtent;
import io.kubevirt.cinotify.incident.Thresholds;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Writes what the engine decides next to what happens. An event is a line of words:
 *
 * <ul>
 *   <li>{@code red JOB #PULL}, {@code green}, {@code error}, {@code aborted}: a run ends; without a pull request that of a
 *       periodic job, or with {@code type=}; also {@code base=}, {@code sha=}, {@code cluster=}, {@code repo=},
 *       {@code at=} (how long ago), {@code required}, {@code origin=}, {@code with=RULE} (its evidence comes with it)
 *   <li>{@code again}: the last run comes once more
 *   <li>{@code shows CAUSE RULE}, or {@code shows tests NAME}: the artifacts of the last run, or {@code of=N}; also {@code sig=},
 *       {@code area=}, and {@code known=DAYS}, for which a known issue mutes it from today
 *   <li>{@code ack}, {@code snooze 24h}, {@code resolve}, {@code reassign} with {@code member=}, {@code area=}, {@code sig=}: what
 *       {@code by=} does with the newest incident, or {@code of=I1}
 *   <li>{@code raise KIND KEY} with {@code why=}, {@code need=}, {@code mayWait}, {@code blocking}, {@code runs=1,2},
 *       {@code lanes=a,b}, and {@code clear KEY}: what another detector reports
 *   <li>{@code sent}: the last notification that was withdrawn had been sent
 *   <li>{@code defer 10m}: events before now are on their way
 *   <li>{@code hide JOB}: not everybody may see its incidents
 *   <li>{@code restart}: the engine resumes from what was stored
 *   <li>{@code wait 24h}, and {@code stop 24h}, in which no timer fires
 * </ul>
 */
final class IncidentTranscript {

    private static final EngineConfig CONFIG =
            new EngineConfig(Thresholds.DEFAULTS, Seed.roster(), sigs(), "operations");
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private final Set<String> hidden = new TreeSet<>();
    private final InMemoryEventHistory history = new InMemoryEventHistory() {
        @Override
        public boolean isPublic(String incident, @Nullable String repository, Collection<String> jobs) {
            return Collections.disjoint(hidden, jobs);
        }
    };
    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, String> shown = new TreeMap<>();
    private final Map<String, String> owners = new TreeMap<>();
    private final StringBuilder text = new StringBuilder();
    private IncidentEngine engine = IncidentEngine.fresh(CONFIG);
    private Instant now;
    private int runs;
    private String withdrawn = "";

    @Nullable private ObservedRun last;

    IncidentTranscript(Instant begin) {
        this.now = begin;
    }

    /** An event, and what comes of it in indented lines. */
    void happens(String line) {
        text.append(line).append('\n');
        List<String> words = List.of(line.split(" +"));
        switch (words.getFirst()) {
            case "wait" -> waits(duration(words.get(1)));
            case "stop" -> {
                now = now.plus(duration(words.get(1)));
                return;
            }
            case "again" -> keep(process(new IncidentEvent.RunFinished(now, Objects.requireNonNull(last))));
            case "shows" ->
                keep(process(new IncidentEvent.DiagnosisRevised(
                        now, option(words, "of").map(run -> "run" + run).orElse("run" + runs), diagnosis(words))));
            case "ack", "resolve", "snooze", "reassign" -> keep(engine.perform(action(words), history, now));
            case "raise" -> keep(process(new IncidentEvent.ProblemRaised(now, problem(words))));
            case "clear" -> keep(process(new IncidentEvent.ProblemCleared(now, words.get(1), "it is over")));
            case "sent" -> keep(engine.markSent(withdrawn, history, now));
            case "defer" -> engine.deferNotifications(duration(words.get(1)), now);
            case "hide" -> hidden.add(words.get(1));
            case "restart" -> restart();
            default -> {
                last = run(words);
                Instant at = now.minus(
                        option(words, "at").map(IncidentTranscript::duration).orElse(Duration.ZERO));
                keep(process(new IncidentEvent.RunFinished(at, last)));
                waits(Duration.ofMinutes(1).minus(MOMENT));
            }
        }
        // Not at the same instant as what happens next.
        waits(MOMENT);
    }

    String text() {
        return text.toString();
    }

    private static SigDirectory sigs() {
        try {
            return Seed.sigs();
        } catch (InvalidConfigException invalid) {
            throw new IllegalStateException(invalid);
        }
    }

    /** The events so far, in the order in which they happened. */
    List<IncidentEvent> events() {
        return history.from(Instant.EPOCH);
    }

    Instant now() {
        return now;
    }

    /** Resumes from what a store has; what is stored of incidents is read as JSON. */
    void restart() {
        List<String> responses = names.keySet().stream()
                .flatMap(id -> engine.responseState(id).stream())
                .toList();
        engine = IncidentEngine.resume(history, engine.notifierState(), responses, CONFIG);
    }

    private IncidentAction action(List<String> words) {
        String by = option(words, "by").orElse("dhiller");
        String incident = option(words, "of").map(this::id).orElseGet(this::newest);
        return switch (words.getFirst()) {
            case "ack" -> new IncidentAction.Acknowledge(incident, by);
            case "resolve" -> new IncidentAction.Resolve(incident, by);
            case "snooze" ->
                new IncidentAction.Snooze(incident, by, now.plus(duration(words.get(1))), words.contains("force"));
            default ->
                new IncidentAction.Reassign(
                        incident,
                        by,
                        option(words, "member").orElse(null),
                        option(words, "area").orElse(null),
                        option(words, "sig").orElse(null));
        };
    }

    private static ReportedProblem problem(List<String> words) {
        String key = words.get(2);
        IncidentKind kind =
                IncidentKind.valueOf(words.get(1).toUpperCase(Locale.ROOT).replace('-', '_'));
        Diagnosis diagnosis = new Diagnosis(
                Cause.INFRASTRUCTURE, Diagnosis.NO_SIG, "bare-metal", Confidence.HIGH, words.get(1), List.of());
        return new ReportedProblem(
                kind,
                key,
                key,
                diagnosis,
                words.contains("blocking"),
                option(words, "why").orElse("it is stuck"),
                listed(words, "lanes"),
                "example/thing#7",
                option(words, "need")
                        .map(need -> new ReportedProblem.Need(need, words.contains("mayWait")))
                        .orElse(null),
                listed(words, "runs").stream().map(run -> "run" + run).toList());
    }

    private static List<String> listed(List<String> words, String name) {
        return option(words, name).map(text -> List.of(text.split(","))).orElse(List.of());
    }

    private String id(String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name);
    }

    private Decisions process(IncidentEvent event) {
        return engine.process(List.of(event), history, now);
    }

    private void waits(Duration time) {
        Instant later = now.plus(time);
        EngineScenario.fireTimers(engine, now, later, at -> {
            now = at;
            keep(engine.process(List.of(), history, now));
        });
        now = later;
    }

    private static Duration duration(String text) {
        return GoDuration.parse(text).orElseThrow();
    }

    private static Optional<String> option(List<String> words, String name) {
        return words.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst();
    }

    private String newest() {
        return names.isEmpty() ? "I1" : new ArrayList<>(names.keySet()).getLast();
    }

    private ObservedRun run(List<String> words) {
        Optional<Integer> pull = words.stream()
                .filter(word -> word.startsWith("#"))
                .map(word -> Integer.valueOf(word.substring(1)))
                .findFirst();
        JobType type = option(words, "type")
                .flatMap(JobType::named)
                .orElse(pull.isPresent() ? JobType.PRESUBMIT : JobType.PERIODIC);
        JobState state =
                switch (words.getFirst()) {
                    case "red" -> JobState.FAILURE;
                    case "green" -> JobState.SUCCESS;
                    case "error" -> JobState.ERROR;
                    case "aborted" -> JobState.ABORTED;
                    default -> throw new IllegalArgumentException(words.getFirst());
                };
        JobRun run = JobRun.builder(words.get(1), type, state)
                .repository(Repository.of(option(words, "repo").orElse("example/thing")))
                .baseRef(option(words, "base").orElse("main"))
                .pulls(pull.stream()
                        .map(number ->
                                new Pull(number, null, option(words, "sha").orElse(null)))
                        .toList())
                .cluster(option(words, "cluster").orElse(null))
                .build();
        DiagnosedRun diagnosed = new DiagnosedRun(
                run,
                state.isRed() ? option(words, "with").map(this::shared).orElseGet(IncidentTranscript::named) : null,
                words.contains("required"),
                option(words, "origin")
                        .map(origin -> origin.equals("past") ? DiagnosedRun.Origin.PAST : DiagnosedRun.Origin.PLUGIN)
                        .orElse(DiagnosedRun.Origin.ORDINARY),
                false);
        return new ObservedRun("run" + ++runs, diagnosed, JobThresholds.NONE);
    }

    private Diagnosis shared(String rule) {
        return diagnosis(List.of("shows", "infrastructure", rule));
    }

    private static Diagnosis named() {
        return new Diagnosis(
                Cause.TEST, "network", "sig-support", Confidence.MEDIUM, "named", List.of("rule named: it matches"));
    }

    private Diagnosis diagnosis(List<String> words) {
        String rule = words.get(2);
        boolean tests = words.get(1).equals("tests");
        return new Diagnosis(
                tests ? Cause.TEST : Cause.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
                option(words, "sig").orElse(tests ? "network" : Diagnosis.NO_SIG),
                option(words, "area").orElse(tests ? "sig-support" : "operations"),
                Confidence.HIGH,
                tests ? "failing-tests" : rule,
                List.of(tests ? "rule failing-tests: " + rule : "rule " + rule + ": it matches"),
                tests
                        ? new Symptoms(rule, List.of(), null, List.of(rule), 1, null)
                        : new Symptoms(rule, List.of("a line"), null, List.of(), 0, null),
                null,
                option(words, "known").map(this::knownIssue).orElse(null));
    }

    private KnownIssueMatch knownIssue(String days) {
        LocalDate until = LocalDate.ofInstant(now, ZoneOffset.UTC).plusDays(Integer.parseInt(days));
        return new KnownIssueMatch("it is known", "somebody", "https://example.com/1", until, true);
    }

    private void keep(Decisions made) {
        made.incidents().forEach(incident -> names.putIfAbsent(incident.id(), "I" + (names.size() + 1)));
        made.decisions().forEach(this::add);
        new TreeMap<>(made.joinedRuns()).forEach((run, incident) -> {
            if (!incident.equals(owners.put(run, incident))) {
                add(run + " belongs to " + names.get(incident));
            }
        });
        made.incidents().stream()
                .sorted(Comparator.comparing(incident -> names.get(incident.id())))
                .forEach(this::addChanges);
    }

    private void add(String line) {
        String said = line;
        for (Map.Entry<String, String> name : names.entrySet()) {
            said = said.replace(name.getKey(), name.getValue());
        }
        text.append("  ").append(said.replace("\n", "\n    ")).append('\n');
    }

    private void add(Decision decision) {
        String reasons = ": " + String.join("; ", decision.reasons());
        switch (decision) {
            case Decision.SettleRun(String run, Decision.RunOutcome outcome, var why) ->
                add(
                        switch (outcome) {
                            case Decision.RunOutcome.Suppressed(var reason) ->
                                run + " suppressed, " + reason.value() + reasons;
                            case Decision.RunOutcome.Notified notified -> run + " notified" + reasons;
                            case Decision.RunOutcome.Held held -> run + " deferred" + reasons;
                        });
            case Decision.Notify(Notification notification, var why) -> add(notification, reasons);
            case Decision.Withdraw withdraw -> {
                withdrawn = withdraw.notificationId();
                add("withdrawn, " + withdraw.suppressionReason().value() + reasons);
            }
            case Decision.Reject reject -> add("rejected" + reasons);
        }
    }

    private void add(Notification notification, String reasons) {
        Recipient to = notification.to();
        add("NOTIFY " + notification.kind().value() + " to "
                + (to == null || to.handle() == null ? "the channel" : to.handle() + " (" + to.level() + ")") + " at "
                + notification.at() + reasons);
        add("  " + notification.text());
    }

    /** Each fact of an incident that differs from what was last written. */
    private void addChanges(IncidentView incident) {
        List<String> changes = new ArrayList<>();
        facts(incident).forEach((fact, value) -> {
            if (!value.equals(shown.put(incident.id() + fact, value))) {
                changes.add(fact + " " + value);
            }
        });
        if (!changes.isEmpty()) {
            add(names.get(incident.id()) + ": " + String.join(", ", changes));
        }
    }

    private static Map<String, String> facts(IncidentView incident) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("kind", incident.kind().value());
        facts.put("title", incident.title());
        facts.put("name", String.valueOf(incident.name()));
        facts.put("state", incident.state().name());
        facts.put("lanes", incident.lanes().toString());
        facts.put("runs", String.valueOf(incident.runs()));
        facts.put("pulls", incident.pulls().toString());
        facts.put("opened", incident.openedAt().toString());
        facts.put("closed", String.valueOf(incident.closedAt()));
        facts.put("first failure", String.valueOf(incident.firstFailure()));
        facts.put("why", incident.why());
        facts.put("over", String.valueOf(incident.whyOver()));
        facts.put(
                "cause",
                incident.diagnosis().cause().value() + " "
                        + incident.diagnosis().rule());
        facts.put("blocking", String.valueOf(incident.blocking()));
        FailedRun latest = incident.latest();
        facts.put(
                "latest", latest == null ? "none" : latest.repository() + " " + latest.job() + " of #" + latest.pull());
        RunExtent extent = incident.extent();
        facts.put("finished", extent == null ? "none" : extent.finished() + " " + extent.strip());
        facts.put("last green", extent == null ? "none" : String.valueOf(extent.lastGreen()));
        facts.put("part of", String.valueOf(incident.foldedInto()));
        facts.put("acknowledged by", String.valueOf(incident.acknowledgedBy()));
        facts.put("snoozed until", String.valueOf(incident.snoozedUntil()));
        facts.put("assigned", assigned(incident));
        facts.put("notified", String.valueOf(incident.notifiedAt()));
        facts.put("waiting until", String.valueOf(incident.waitingUntil()));
        return facts;
    }

    private static String assigned(IncidentView incident) {
        Assignment assignment = incident.assignment();
        return assignment == null
                ? "to nobody"
                : "to " + incident.responsible() + " of " + assignment.level() + " until " + assignment.until()
                        + ", SIG " + assignment.sigContact() + ", answered " + assignment.answeredAt();
    }
}
