// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.source.SourceReporter.SourceStatus;
import io.kubevirt.cinotify.store.BoardQuery.RunCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the state of CI in one word, with counts. */
public final class StatusReader {
    private static final Duration DAY = Duration.ofDays(1);

    private final ReadContext context;

    public StatusReader(ReadContext context) {
        this.context = context;
    }

    /**
     * What only the running plugin knows.
     *
     * @param problems that everybody may see
     * @param refused the problems of settings that were refused: they show paths and values
     */
    public record Plugin(
            Map<String, SourceStatus> sources,
            List<String> problems,
            List<String> refused,
            String version,
            boolean dryRun) {
        public Plugin {
            sources = Map.copyOf(sources);
            problems = List.copyOf(problems);
            refused = List.copyOf(refused);
        }
    }

    public StatusItem status(IncidentReader.OpenIncidents incidents, Plugin plugin) {
        List<IncidentItem> open = incidents.shown();
        RunCounts runs = context.transaction().board().counts(context.now().minus(DAY));
        List<StatusItem.Source> sources = plugin.sources().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(source -> source(source.getKey(), source.getValue()))
                .toList();
        return new StatusItem(
                word(open, sources),
                new StatusItem.Counts(
                        open.size(),
                        (int) open.stream().filter(IncidentItem::isBlocking).count(),
                        count(open, "unanswered"),
                        count(open, "waiting"),
                        count(open, "acknowledged"),
                        count(open, "snoozed"),
                        incidents.withheld()),
                new StatusItem.Runs(runs.ended(), runs.failed(), runs.notified()),
                sources,
                context.now(),
                plugin.version(),
                plugin.dryRun());
    }

    private static String word(List<IncidentItem> open, List<StatusItem.Source> sources) {
        if (!sources.isEmpty() && sources.stream().noneMatch(StatusItem.Source::connected)) {
            return "blind";
        }
        if (open.stream().noneMatch(IncidentItem::isBlocking)) {
            return "open";
        }
        return open.stream()
                        .anyMatch(incident ->
                                incident.isBlocking() && incident.kind().equals("outage"))
                ? "closed"
                : "degraded";
    }

    /** What somebody should look at, besides the sources. */
    public List<String> problems(Plugin plugin) {
        List<String> refused = plugin.refused().isEmpty() || showsDetails()
                ? plugin.refused()
                : List.of("the last change of the settings was refused; see the log");
        return Stream.concat(plugin.problems().stream(), refused.stream()).toList();
    }

    private StatusItem.Source source(String name, SourceStatus status) {
        String problem = status.failingSince() == null ? null : status.problem();
        return new StatusItem.Source(
                name,
                status.connected(),
                status.lastContactAt(),
                problem == null || showsDetails() ? problem : "fails; see the log");
    }

    /** Errors may show paths, addresses and private names. */
    private boolean showsDetails() {
        return context.mayShow(Visibility.PRIVATE);
    }

    private static int count(List<IncidentItem> open, String response) {
        return (int) open.stream()
                .filter(incident -> response.equals(incident.response()))
                .count();
    }
}
