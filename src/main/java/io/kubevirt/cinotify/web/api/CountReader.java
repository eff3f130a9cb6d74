// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import io.kubevirt.cinotify.incident.detect.JobFamily;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.store.DayCounts.LaneDay;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads counts by UTC day: of lanes, and of deliveries. */
public final class CountReader {
    private final ReadContext context;
    private final JobFamily families = new JobFamily();

    public CountReader(ReadContext context) {
        this.context = context;
    }

    /**
     * By day and lane.
     *
     * @param family only lanes of this family; null for all
     * @param text in the name of the lane, ignoring case; null for all
     */
    public List<LaneDayItem> lanes(int days, @Nullable String family, @Nullable String text) {
        String lower = text == null ? "" : text.toLowerCase(Locale.ROOT);
        Map<String, Visibility> known = context.mayShow(Visibility.UNKNOWN)
                ? Map.of()
                : context.transaction().board().visibilityOfLanes(from(days), context.now());
        return context.transaction().dayCounts().lanes(from(days), context.now()).stream()
                .filter(day -> family == null || family(day.lane()).equals(family))
                .filter(day -> day.lane().toLowerCase(Locale.ROOT).contains(lower))
                .filter(day -> context.mayShow(known.getOrDefault(day.lane(), Visibility.UNKNOWN)))
                .map(this::item)
                .toList();
    }

    /** Of some lanes, which the reader may see, oldest first. */
    public List<LaneDayItem> ofLanes(List<String> lanes, int days) {
        return context.transaction().board().lanes(lanes, from(days)).stream()
                .map(this::item)
                .toList();
    }

    public List<ActivityDayItem> activity(int days) {
        return context.transaction().dayCounts().outcomes(from(days), context.now()).stream()
                .map(day -> new ActivityDayItem(
                        LocalDate.ofEpochDay(day.day()), day.outcome(), day.reason(), day.deliveries()))
                .toList();
    }

    /** The newest failed runs that were suppressed for a reason. */
    public List<RunItem> suppressed(String reason, Instant since, int limit) {
        return context.transaction().board().suppressed(reason, since, limit).stream()
                .filter(run -> context.mayShow(run.visibility()))
                .map(run -> RunItem.of(run, context.shown(run.incident())))
                .toList();
    }

    private Instant from(int days) {
        return context.now().minus(Duration.ofDays(days - 1L));
    }

    private LaneDayItem item(LaneDay day) {
        return new LaneDayItem(
                family(day.lane()),
                day.lane(),
                LocalDate.ofEpochDay(day.day()),
                day.finished(),
                day.failed(),
                day.flaky());
    }

    /** The repository stays in front of the name. */
    private String family(String lane) {
        int job = lane.indexOf(' ');
        return lane.substring(0, job + 1) + families.of(lane.substring(job + 1));
    }
}
