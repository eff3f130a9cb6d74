// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.BoardQuery;
import io.kubevirt.cinotify.store.BoardQuery.StoredIncident;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads incidents, their timelines and their runs. */
public final class IncidentReader {
    /** Open incidents that need somebody come first: those that block merging, then by response. */
    private static final Comparator<IncidentItem> BY_URGENCY = Comparator.comparingInt(IncidentReader::rank)
            .thenComparing(IncidentItem::openedAt)
            .thenComparing(IncidentItem::id);

    private static final int ROWS = 200;
    /** A page that finds nothing in so many rows ends, and its cursor goes on. */
    private static final int MOST_ROWS = 2_000;

    private static final int SHORTEST_PREFIX = 6;
    private static final int LONGEST_PREFIX = 40;
    /** Sorts after all ids. */
    private static final String LAST = "~";

    private final ReadContext context;
    private final BoardQuery board;

    public IncidentReader(ReadContext context) {
        this.context = context;
        this.board = context.transaction().board();
    }

    /** All open incidents that the reader may see, by urgency. */
    public OpenIncidents open() {
        List<StoredIncident> stored = board.open();
        List<IncidentItem> shown = open(stored);
        return new OpenIncidents(shown, stored.size() - shown.size());
    }

    /** @param withheld the number of those that the reader may not see */
    public record OpenIncidents(List<IncidentItem> shown, int withheld) {
        public OpenIncidents {
            shown = List.copyOf(shown);
        }
    }

    private List<IncidentItem> open(List<StoredIncident> stored) {
        return stored.stream()
                .filter(incident -> context.mayShow(incident.visibility()))
                .map(incident -> IncidentItem.of(context, incident))
                .sorted(BY_URGENCY)
                .toList();
    }

    /** @param after the cursor; null for the first page */
    public ItemPage<IncidentItem> list(IncidentFilter filter, int limit, @Nullable String after) throws RequestProblem {
        return filter.isOver() ? over(filter, limit, after) : list(open(), filter, limit, after);
    }

    /** A page of open incidents that are read already. */
    public static ItemPage<IncidentItem> list(
            OpenIncidents open, IncidentFilter filter, int limit, @Nullable String after) throws RequestProblem {
        String query = query(filter);
        Cursor.Row cursor = Cursor.read(query, after, 2);
        List<IncidentItem> found = open.shown().stream()
                .filter(filter::matches)
                .filter(incident -> cursor == null || isAfter(incident, cursor))
                .limit(limit + 1L)
                .toList();
        List<IncidentItem> page = found.subList(0, Math.min(limit, found.size()));
        IncidentItem last = page.isEmpty() ? null : page.getLast();
        return new ItemPage<>(
                page,
                last == null || found.size() <= limit
                        ? null
                        : Cursor.write(
                                query, last.id(), rank(last), last.openedAt().toEpochMilli()),
                open.withheld());
    }

    private static String query(IncidentFilter filter) {
        return "incidents " + filter;
    }

    private static boolean isAfter(IncidentItem incident, Cursor.Row row) {
        int byRank = Long.compare(rank(incident), row.numbers().get(0));
        int byTime =
                Long.compare(incident.openedAt().toEpochMilli(), row.numbers().get(1));
        return byRank != 0
                ? byRank > 0
                : byTime != 0 ? byTime > 0 : incident.id().compareTo(row.id()) > 0;
    }

    private static int rank(IncidentItem incident) {
        int byResponse = IncidentItem.RESPONSES.indexOf(String.valueOf(incident.response()));
        return byResponse + (incident.isBlocking() ? 0 : IncidentItem.RESPONSES.size());
    }

    private ItemPage<IncidentItem> over(IncidentFilter filter, int limit, @Nullable String after)
            throws RequestProblem {
        String query = query(filter);
        Cursor.Row cursor = Cursor.read(query, after, 1);
        Instant before = Instant.ofEpochMilli(
                cursor == null ? Long.MAX_VALUE : cursor.numbers().getFirst());
        String id = cursor == null ? LAST : cursor.id();
        List<IncidentItem> page = new ArrayList<>();
        for (int rows = 0; rows < MOST_ROWS; rows += ROWS) {
            List<StoredIncident> stored = board.closed(filter.state(), before, id, ROWS, seesAll());
            for (StoredIncident incident : stored) {
                before = Objects.requireNonNull(incident.incident().closedAt());
                id = incident.incident().id();
                IncidentItem item = IncidentItem.of(context, incident);
                if (context.mayShow(incident.visibility()) && filter.matches(item)) {
                    page.add(item);
                    if (page.size() == limit) {
                        return new ItemPage<>(page, next(query, before, id), 0);
                    }
                }
            }
            if (stored.size() < ROWS) {
                return ItemPage.of(page);
            }
        }
        return new ItemPage<>(page, next(query, before, id), 0);
    }

    private boolean seesAll() {
        return context.mayShow(Visibility.UNKNOWN);
    }

    private static String next(String query, Instant before, String id) {
        return Cursor.write(query, id, before.toEpochMilli());
    }

    /** By its id, or by a prefix of at least 6 characters that no other incident has. */
    public IncidentDetail find(String id) throws RequestProblem {
        String wanted = id.strip().toLowerCase(Locale.ROOT);
        Optional<StoredIncident> found = wanted.matches("[0-9a-f]{1," + LONGEST_PREFIX + "}")
                ? board.find(wanted).or(() -> byPrefix(wanted))
                : Optional.empty();
        return found.filter(incident -> context.mayShow(incident.visibility()))
                .map(incident -> IncidentDetail.of(context, incident))
                .orElseThrow(() -> RequestProblem.notFound(
                        "there is no incident " + RequestParameters.shown(id) + " that you may see", hint(wanted)));
    }

    /** Names the open incident with a similar id, which may have been mistyped. */
    private String hint(String wanted) {
        return ClosestMatch.find(
                        wanted, open().shown().stream().map(IncidentItem::id).toList())
                .map(near -> "did you mean " + near + "?")
                .orElse("take the id from a message or from the list of incidents");
    }

    private Optional<StoredIncident> byPrefix(String prefix) {
        List<StoredIncident> found =
                prefix.length() < SHORTEST_PREFIX ? List.of() : board.withPrefix(prefix, 2, seesAll());
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    /** The timeline, newest first. */
    public ItemPage<TimelineItem> timeline(String incident, int limit, @Nullable String after) throws RequestProblem {
        String query = "timeline " + incident;
        Cursor.Row cursor = Cursor.read(query, after, 1);
        long before = cursor == null ? Long.MAX_VALUE : cursor.numbers().getFirst();
        List<TimelineItem> found = board.events(incident, before, limit + 1).stream()
                .map(TimelineItem::of)
                .toList();
        List<TimelineItem> page = found.subList(0, Math.min(limit, found.size()));
        return new ItemPage<>(
                page,
                found.size() <= limit
                        ? null
                        : Cursor.write(query, "", page.getLast().number()),
                0);
    }

    /** Its runs, newest first. */
    public ItemPage<RunItem> runs(String incident, int limit, @Nullable String after) throws RequestProblem {
        String query = "runs " + incident;
        Cursor.Row cursor = Cursor.read(query, after, 1);
        Instant before = Instant.ofEpochMilli(
                cursor == null ? Long.MAX_VALUE : cursor.numbers().getFirst());
        List<BoardQuery.StoredRun> found = board.runs(incident, before, cursor == null ? LAST : cursor.id(), limit + 1);
        List<BoardQuery.StoredRun> page = found.subList(0, Math.min(limit, found.size()));
        BoardQuery.StoredRun last = page.isEmpty() ? null : page.getLast();
        return new ItemPage<>(
                page.stream()
                        .filter(run -> context.mayShow(run.visibility()))
                        .map(run -> RunItem.of(run, incident))
                        .toList(),
                last == null || found.size() <= limit
                        ? null
                        : Cursor.write(
                                query,
                                last.build(),
                                Objects.requireNonNull(last.endedAt()).toEpochMilli()),
                0);
    }
}
