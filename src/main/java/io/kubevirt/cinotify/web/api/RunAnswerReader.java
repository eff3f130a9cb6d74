// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RunUrlParseResult;
import io.kubevirt.cinotify.store.BoardQuery.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers why somebody was notified of a run, or nobody. */
public final class RunAnswerReader {
    private static final Duration PULL_DAYS = Duration.ofDays(14);
    private static final int MOST_OF_PULL = 200;
    private static final String WATCH_START = "watch/began";
    private static final String EXAMPLE = "write the address of the run's page in Prow";

    private final ReadContext context;
    /** By id: many runs have the same one. */
    private final Map<String, Optional<IncidentItem>> incidents = new HashMap<>();

    public RunAnswerReader(ReadContext context) {
        this.context = context;
    }

    /** @param url the address of the run's page, or of a file of the run */
    public RunAnswer of(@Nullable String url) throws RequestProblem {
        RunUrl run =
                switch (context.config().runUrls().read(url)) {
                    case RunUrlParseResult.Found found -> found.url();
                    case RunUrlParseResult.Rejected rejected ->
                        throw RequestProblem.badRequest(
                                "not the address of a run (" + rejected.reason().value() + ")",
                                rejected.fix().isEmpty() ? EXAMPLE : rejected.fix());
                };
        return of(run.job(), run.buildId());
    }

    /** By build id; the job decides if several repositories have runs of that id. */
    public RunAnswer of(@Nullable String job, String build) throws RequestProblem {
        List<StoredRun> found = context.transaction().board().ofBuild(build).stream()
                .filter(run -> context.mayShow(run.visibility()))
                .toList();
        return found.stream()
                .filter(run ->
                        job == null || run.run() != null && run.run().job().equals(job))
                .findFirst()
                .or(() -> found.stream().findFirst())
                .map(this::answer)
                .orElseThrow(() -> RequestProblem.notFound(
                        "run " + RequestParameters.shown(build) + " was not seen, or you may not see it; " + watch(),
                        "look at the health of the sources if it is newer"));
    }

    /** The failed runs on a pull request of the last days, newest first. */
    public List<RunAnswer> of(Repository repository, int pull) {
        return context
                .transaction()
                .board()
                .ofPull(repository, pull, context.now().minus(PULL_DAYS), MOST_OF_PULL)
                .stream()
                .filter(run -> context.mayShow(run.visibility()))
                .map(this::answer)
                .toList();
    }

    private String watch() {
        String since = context.transaction()
                .watermarks()
                .find(WATCH_START)
                .map(mark -> "watched since " + mark.at())
                .orElse("no source was watched yet");
        return since + "; runs are kept for "
                + context.config().file().retention().runs() + " days";
    }

    private RunAnswer answer(StoredRun stored) {
        IncidentItem incident = stored.incident() == null
                ? null
                : incidents.computeIfAbsent(stored.incident(), this::incident).orElse(null);
        RunItem run = RunItem.of(stored, incident == null ? null : incident.id());
        return new RunAnswer(run, sentence(run, incident), steps(run, incident), incident);
    }

    private Optional<IncidentItem> incident(String id) {
        return context.transaction()
                .board()
                .find(id)
                .filter(found -> context.mayShow(found.visibility()))
                .map(found -> IncidentItem.of(context, found));
    }

    private static String sentence(RunItem run, @Nullable IncidentItem incident) {
        String outcome = Objects.requireNonNullElse(run.outcome(), "");
        return switch (outcome) {
            case "notified" ->
                incident == null || incident.assignee() == null
                        ? "A notification was made for this run."
                        : incident.assignee() + " was notified of this run.";
            case "held" -> "Nothing is decided yet: the run waits for something larger, such as an outage.";
            case "suppressed" ->
                "Nobody was notified of this run. "
                        + SuppressionText.of(Objects.requireNonNullElse(run.reason(), "suppressed"));
            default ->
                "success".equals(run.state())
                        ? "Nobody was notified: the run succeeded."
                        : "Nobody was notified: the run is " + run.state() + ", and nothing is decided about it.";
        };
    }

    private static List<RunAnswer.Step> steps(RunItem run, @Nullable IncidentItem incident) {
        List<RunAnswer.Step> steps = new ArrayList<>();
        Instant ended = run.endedAt();
        steps.add(new RunAnswer.Step("run", run.lane() + " " + run.build()));
        if (!run.pulls().isEmpty()) {
            steps.add(new RunAnswer.Step(
                    "tests",
                    String.join(
                            ", ", run.pulls().stream().map(pull -> "#" + pull).toList())));
        }
        steps.add(new RunAnswer.Step(
                "state",
                Objects.requireNonNullElse(run.state(), "unknown") + (ended == null ? "" : ", ended " + ended)));
        if (run.cause() != null) {
            steps.add(new RunAnswer.Step(
                    "diagnosis", run.cause() + ", SIG " + run.sig() + ", area " + run.area() + ", rule " + run.rule()));
        }
        run.trace().forEach(reason -> steps.add(new RunAnswer.Step("because", reason)));
        if (run.outcome() != null) {
            steps.add(new RunAnswer.Step("outcome", run.outcome() + (run.reason() == null ? "" : ": " + run.reason())));
        }
        if (incident != null) {
            steps.add(new RunAnswer.Step("incident", incident.id() + " " + incident.title() + ", " + incident.state()));
        }
        return steps;
    }
}
