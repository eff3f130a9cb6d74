// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.web.api.ActivityDayItem;
import io.kubevirt.cinotify.web.api.CountReader;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RunItem;
import io.kubevirt.cinotify.web.api.SuppressionText;
import io.quarkus.qute.RawString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * From received to notified.
 *
 * @param steps of the funnel, from all deliveries to notifications
 * @param reasons why deliveries were suppressed, most frequent first
 * @param reason the reason whose newest runs are shown; null for none
 */
public record ActivityPage(
        int days,
        List<Bar> steps,
        List<Bar> reasons,
        @Nullable String reason,
        List<Run> runs) {
    private static final int DAYS = 7;
    private static final int MOST_DAYS = 31;
    private static final int RUNS = 50;
    private static final int WIDTH = 400;
    private static final double PERCENT = 100;
    private static final List<Integer> CHOICES = List.of(1, DAYS, MOST_DAYS);

    public ActivityPage {
        steps = List.copyOf(steps);
        reasons = List.copyOf(reasons);
        runs = List.copyOf(runs);
    }

    /** The numbers of days to choose from. */
    public List<Integer> choices() {
        return CHOICES;
    }

    /**
     * A number with its bar.
     *
     * @param key the reason as stored; empty for a step
     */
    public record Bar(String key, String name, String text, String share, RawString figure) {}

    public record Run(RunItem item, @Nullable Moment ended) {
        /** The page that answers why. */
        public String why() {
            return "/why?run=" + item.build();
        }
    }

    public static ActivityPage of(PageContext context, RequestParameters parameters) {
        int days = parameters.number("days", DAYS, MOST_DAYS);
        List<ActivityDayItem> items = new CountReader(context.read()).activity(days);
        Map<String, Long> outcomes = new TreeMap<>();
        Map<String, Long> reasons = new TreeMap<>();
        for (ActivityDayItem item : items) {
            outcomes.merge(item.outcome(), item.deliveries(), Long::sum);
            if (!item.reason().isEmpty()) {
                reasons.merge(item.reason(), item.deliveries(), Long::sum);
            }
        }
        long all = outcomes.values().stream().mapToLong(Long::longValue).sum();
        List<Bar> steps = new ArrayList<>();
        steps.add(bar("", "Decided", all, all));
        for (String outcome : List.of("suppressed", "notified", "failed")) {
            steps.add(bar(
                    "",
                    outcome.substring(0, 1).toUpperCase(Locale.ROOT) + outcome.substring(1),
                    outcomes.getOrDefault(outcome, 0L),
                    all));
        }
        String reason = parameters.text("reason");
        return new ActivityPage(
                days,
                steps,
                reasons.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                                .thenComparing(Map.Entry.comparingByKey()))
                        .map(entry -> bar(entry.getKey(), SuppressionText.of(entry.getKey()), entry.getValue(), all))
                        .toList(),
                reason,
                reason == null ? List.of() : runs(context, reason, days));
    }

    private static List<Run> runs(PageContext context, String reason, int days) {
        return new CountReader(context.read())
                .suppressed(reason, context.now().minus(Duration.ofDays(days)), RUNS).stream()
                        .map(run -> new Run(run, context.moment(run.endedAt())))
                        .toList();
    }

    private static Bar bar(String key, String name, long count, long all) {
        long width = all == 0 ? 0 : Math.max(count == 0 ? 0 : 1, count * WIDTH / all);
        return new Bar(
                key,
                name,
                String.format(Locale.ENGLISH, "%,d", count),
                all == 0 ? "" : String.format(Locale.ENGLISH, "%.1f %%", count * PERCENT / all),
                new RawString(
                        "<svg class=\"bar\" aria-hidden=\"true\" width=\"" + WIDTH + "\" height=\"8\" viewBox=\"0 0 "
                                + WIDTH + " 8\"><rect width=\"" + width + "\" height=\"8\" rx=\"2\"/></svg>"));
    }
}
