// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.web.api.DutyItem;
import io.kubevirt.cinotify.web.api.IncidentFilter;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.IncidentReader;
import io.kubevirt.cinotify.web.api.ItemPage;
import io.kubevirt.cinotify.web.api.LaneDayItem;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.kubevirt.cinotify.web.api.RosterReader;
import io.kubevirt.cinotify.web.api.StatusItem;
import io.quarkus.qute.RawString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes the page of what is broken now. */
public final class NowPageReader {
    private static final int LIMIT = 50;
    private static final int MOST = 100;
    private static final int MOST_AREAS = 6;
    private static final int MOST_NAMES = 3;
    private static final int PERCENT = 10;

    private final PageContext context;
    private final IncidentReader reader;

    public NowPageReader(PageContext context) {
        this.context = context;
        this.reader = new IncidentReader(context.read());
    }

    public NowPage read(RequestParameters parameters, IncidentReader.OpenIncidents incidents, StatusItem status)
            throws RequestProblem {
        List<IncidentItem> open = incidents.shown();
        IncidentFilter filter = IncidentFilter.of(parameters);
        int limit = parameters.number("limit", LIMIT, MOST);
        String after = parameters.text("after");
        ItemPage<IncidentItem> page = filter.isOver()
                ? reader.list(filter, limit, after)
                : IncidentReader.list(incidents, filter, limit, after);
        List<LaneDayItem> days = context.days(page.items().stream(), Spark.DAYS);
        return new NowPage(
                status.state().substring(0, 1).toUpperCase(Locale.ROOT)
                        + status.state().substring(1),
                sentence(open, status),
                tiles(status),
                chips(open, filter),
                Objects.requireNonNullElse(filter.text(), ""),
                kept(parameters),
                page.items().stream().map(incident -> row(incident, open, days)).toList(),
                page.items().isEmpty() ? empty(filter, open) : "",
                page.withheld() == 0 || filter.isOver()
                        ? ""
                        : Plural.of(page.withheld(), "more incident") + " of repositories that are not public",
                page.next() == null ? null : parameters.with("after", page.next()));
    }

    private RawString sentence(List<IncidentItem> open, StatusItem status) {
        StatusItem.Counts counts = status.incidents();
        if (status.state().equals("blind")) {
            return new RawString("No source is connected: what happens now is not seen.");
        }
        String first = counts.blocking() == 0
                ? "No incident blocks merging."
                : "<b>" + counts.blocking() + "</b> " + (counts.blocking() == 1 ? "incident blocks" : "incidents block")
                        + " merging.";
        long unanswered = open.stream()
                .filter(incident -> incident.isBlocking() && "unanswered".equals(incident.response()))
                .count();
        String rest = unanswered == 0
                ? ""
                : counts.blocking() == 1
                        ? " Nobody has answered" + escalation(open) + "."
                        : " " + unanswered + " of them " + (unanswered == 1 ? "is" : "are") + " unanswered"
                                + escalation(open) + ".";
        return new RawString(first + rest);
    }

    private String escalation(List<IncidentItem> open) {
        return open.stream()
                .filter(incident -> incident.isBlocking() && "unanswered".equals(incident.response()))
                .map(IncidentItem::next)
                .filter(Objects::nonNull)
                .map(DutyItem.Next::at)
                .min(Comparator.naturalOrder())
                .map(at -> "; the next person is notified at " + new Moment(at, context.now(), context.zone()).clock())
                .orElse("");
    }

    private List<NowPage.Tile> tiles(StatusItem status) {
        StatusItem.Counts counts = status.incidents();
        StatusItem.Runs runs = status.last24h();
        long share = runs.ended() == 0 ? 0 : Math.round(runs.failed() * 100.0 * PERCENT / runs.ended());
        List<DutyItem> duty = new RosterReader(context.read().config().roster()).at(context.now(), List.of());
        String onDuty = duty.stream()
                .map(DutyItem::responsible)
                .filter(Objects::nonNull)
                .distinct()
                .limit(MOST_NAMES)
                .collect(Collectors.joining(", "));
        List<String> without = duty.stream()
                .filter(item -> item.responsible() == null)
                .map(DutyItem::area)
                .toList();
        return List.of(
                new NowPage.Tile(
                        "Open",
                        String.format(Locale.ENGLISH, "%,d", counts.open()),
                        counts.blocking() + " blocking, " + (counts.open() - counts.blocking()) + " not"),
                new NowPage.Tile(
                        "Failed runs, 24 h",
                        String.format(Locale.ENGLISH, "%,d", runs.failed()),
                        String.format(
                                Locale.ENGLISH,
                                "of %,d ended (%d.%d %%)",
                                runs.ended(),
                                share / PERCENT,
                                share % PERCENT)),
                new NowPage.Tile(
                        "Runs with a notification, 24 h",
                        String.format(Locale.ENGLISH, "%,d", runs.notified()),
                        String.format(
                                Locale.ENGLISH, "%,d explained without a message", runs.failed() - runs.notified())),
                new NowPage.Tile(
                        "On duty",
                        onDuty.isEmpty() ? "nobody" : onDuty,
                        without.isEmpty() ? "every area" : "nobody for " + Plural.first(MOST_NAMES, without)));
    }

    private List<NowPage.Chip> chips(List<IncidentItem> open, IncidentFilter filter) {
        List<NowPage.Chip> chips = new ArrayList<>();
        boolean plain = filter.equals(IncidentFilter.NONE);
        chips.add(new NowPage.Chip("All " + open.size(), "", plain));
        if (context.handle() != null) {
            long mine = open.stream()
                    .filter(incident -> context.handle().equalsIgnoreCase(incident.assignee()))
                    .count();
            chips.add(new NowPage.Chip(
                    "Mine " + mine,
                    "?who=" + encoded(context.handle()),
                    filter.who().contains(context.handle())));
        }
        long blocking = open.stream().filter(IncidentItem::isBlocking).count();
        chips.add(new NowPage.Chip("Blocking " + blocking, "?blocking=1", filter.blocking()));
        Map<String, Integer> areas = new TreeMap<>();
        open.forEach(incident -> areas.merge(incident.area(), 1, Integer::sum));
        areas.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(MOST_AREAS)
                .forEach(area -> chips.add(new NowPage.Chip(
                        area.getKey() + " " + area.getValue(),
                        "?area=" + encoded(area.getKey()),
                        filter.areas().contains(area.getKey()))));
        chips.add(new NowPage.Chip("Resolved", "?state=resolved", filter.state().equals("resolved")));
        return chips;
    }

    /** What the search does not replace. */
    private static List<NowPage.Hidden> kept(RequestParameters parameters) {
        return parameters.known().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("q") && !entry.getKey().equals("after"))
                .flatMap(entry -> entry.getValue().stream().map(value -> new NowPage.Hidden(entry.getKey(), value)))
                .toList();
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private NowPage.Row row(IncidentItem incident, List<IncidentItem> open, List<LaneDayItem> days) {
        List<String> lanes = PageContext.lanes(incident);
        String where = Stream.of(
                        IncidentNames.repository(incident), incident.sig() == null ? "" : "SIG " + incident.sig())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" · "));
        Pill pill = Pill.of(incident, context.now(), context.zone());
        return new NowPage.Row(
                incident.id(),
                IncidentNames.name(incident),
                where,
                IncidentNames.line(incident),
                incident.isBlocking() && incident.isOpen(),
                Spark.of(days.stream().filter(day -> lanes.contains(day.lane())).toList(), context.today()),
                Person.of(incident.assignee(), incident.level(), incident.area()),
                pill,
                open.stream()
                        .filter(other -> incident.id().equals(other.foldedInto()))
                        .map(IncidentNames::name)
                        .toList(),
                Integer.toHexString(Objects.hash(incident, pill.note().getValue())));
    }

    private String empty(IncidentFilter filter, List<IncidentItem> open) throws RequestProblem {
        if (!filter.equals(IncidentFilter.NONE)) {
            return open.isEmpty()
                    ? "Nothing matches."
                    : "Nothing matches; " + Plural.of(open.size(), "open incident") + " without filters.";
        }
        IncidentFilter over = IncidentFilter.resolved();
        List<IncidentItem> last = reader.list(over, 1, null).items();
        if (last.isEmpty()) {
            return "Nothing is open, and no incident has been seen yet.";
        }
        Moment closed = context.moment(last.getFirst().closedAt());
        return "Nothing is open. The last one, " + last.getFirst().title() + ", ended "
                + (closed == null ? "" : closed.length() + " ago") + ".";
    }
}
