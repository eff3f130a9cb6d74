// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.incident.Audience;
import io.kubevirt.cinotify.incident.IncidentTimeline.Entry;
import io.kubevirt.cinotify.incident.IncidentTimeline.Kind;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.store.Transaction;
import io.kubevirt.cinotify.web.api.IncidentFilter;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.IncidentReader;
import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "incidents",
        description = "Shows incidents and what people did to them. The plugin may be running.",
        mixinStandardHelpOptions = true)
final class IncidentsCommand {
    private static final int MOST_ENTRIES = 10_000;
    private static final int MOST_LISTED = 1_000;
    /** What a person did; in other entries the person was notified. */
    private static final Set<Kind> ACTIONS =
            Set.of(Kind.ACKNOWLEDGED, Kind.SNOOZED, Kind.REASSIGNED, Kind.RESOLVED, Kind.RETRACTED);

    @Spec
    CommandSpec spec;

    @Command(
            description = "Lists incidents: open ones by urgency, others by their end, newest first.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin ConfigOptions config,
            @Mixin StoreOptions store,
            @Mixin OutputOptions output,
            @Option(
                            names = "--filter",
                            paramLabel = "NAME=VALUE",
                            description =
                                    "As in the addresses of the board: state, area, sig, who, kind, cause, blocking, since,"
                                            + " q. Repeat for more.")
                    List<String> filters,
            @Option(
                            names = "--limit",
                            defaultValue = "50",
                            description = "At most so many (${DEFAULT-VALUE}), up to 1000.")
                    int limit)
            throws InvalidConfigException {
        CommandLine command = Objects.requireNonNull(spec.subcommands().get("list"));
        ErrorHandlers.requireWithin(command, "--limit", limit, MOST_LISTED);
        Config loaded = config.load();
        IncidentFilter filter = filter(filters);
        List<IncidentItem> incidents = store.read(transaction -> list(transaction, loaded, filter, limit));
        if (output.isJson()) {
            print(OutputOptions.json(incidents));
        } else if (incidents.isEmpty()) {
            print("no incident matches");
        }
        if (!output.isJson()) {
            incidents.stream().map(IncidentsCommand::line).forEach(this::print);
        }
        return 0;
    }

    private static IncidentFilter filter(@Nullable List<String> filters) throws InvalidConfigException {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String filter : filters == null ? List.<String>of() : filters) {
            int equals = filter.indexOf('=');
            values.computeIfAbsent(equals < 0 ? filter : filter.substring(0, equals), name -> new ArrayList<>())
                    .add(equals < 0 ? "1" : filter.substring(equals + 1));
        }
        RequestParameters parameters = new RequestParameters(values, IncidentFilter.PARAMETERS);
        IncidentFilter filter = IncidentFilter.of(parameters);
        if (!parameters.problems().isEmpty()) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    "--filter", String.join("; ", parameters.problems()), "write --filter state=resolved"));
        }
        return filter;
    }

    private static List<IncidentItem> list(Transaction transaction, Config config, IncidentFilter filter, int limit) {
        IncidentReader reader = new IncidentReader(
                new ReadContext(transaction, config, SystemClock.INSTANCE.instant(), Audience.OPERATOR, null));
        try {
            return reader.list(filter, limit, null).items();
        } catch (RequestProblem e) {
            throw new IllegalStateException("a list without a cursor", e);
        }
    }

    private static String line(IncidentItem incident) {
        String state = incident.response() == null ? incident.state() : incident.response();
        return "%s  %-12s %s%s, %s, since %s, %s"
                .formatted(
                        incident.id(),
                        state,
                        incident.isBlocking() ? "BLOCKING " : "",
                        incident.shortTitle(),
                        incident.area(),
                        incident.openedAt(),
                        incident.assignee() == null ? "nobody" : incident.assignee());
    }

    @Command(
            description =
                    "Shows an incident and its audit log, oldest first: when it opened and changed, who was notified,"
                            + " and who acknowledged, snoozed, reassigned or resolved it.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin StoreOptions store,
            @Mixin OutputOptions output,
            @Parameters(paramLabel = "ID", description = "Id of the incident, as in messages and commands.") String id)
            throws InvalidConfigException {
        Shown shown = store.read(transaction -> find(transaction, id));
        if (shown.title() == null && shown.log().isEmpty()) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    "incidents",
                    "no incident has the id " + id,
                    "use an id of a message; the settings retention.* say how long incidents are kept"));
        }
        if (output.isJson()) {
            print(OutputOptions.json(shown));
        } else {
            print(shown.id() + "  "
                    + (shown.title() == null ? "(no longer stored)" : shown.title() + ", " + shown.state()));
            shown.log().stream().map(IncidentsCommand::line).forEach(this::print);
        }
        return 0;
    }

    private static Shown find(Transaction transaction, String id) {
        IncidentView incident = transaction.incidents().find(id).orElse(null);
        List<Line> log = transaction.incidentEvents().newest(id, MOST_ENTRIES).reversed().stream()
                .map(IncidentsCommand::line)
                .toList();
        return incident == null
                ? new Shown(id, null, null, log)
                : new Shown(id, incident.title(), incident.state().value(), log);
    }

    private static Line line(Entry entry) {
        return new Line(entry.at(), entry.kind().value(), entry.person(), ACTIONS.contains(entry.kind()), entry.text());
    }

    private static String line(Line line) {
        String person = line.person() == null ? "" : (line.acted() ? " by " : " to ") + line.person();
        return "    " + line.at() + "  " + line.kind() + person + (line.text().isEmpty() ? "" : ": " + line.text());
    }

    private void print(String text) {
        spec.commandLine().getOut().println(text);
    }

    /** The contract of {@code incidents show --output json}; the title is null if only the log is stored. */
    record Shown(
            String id, @Nullable String title, @Nullable String state, List<Line> log) {}

    /**
     * An entry of the audit log.
     *
     * @param acted whether the person did it; otherwise they were notified
     */
    record Line(Instant at, String kind, @Nullable String person, boolean acted, String text) {}
}
