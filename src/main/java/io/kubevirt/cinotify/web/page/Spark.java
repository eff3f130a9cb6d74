// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.web.api.LaneDayItem;
import io.quarkus.qute.RawString;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Small bars of the share of failed runs by day, with the numbers as its name. */
final class Spark {
    static final int DAYS = 7;

    private static final int WIDTH = 10;
    private static final int STEP = 12;
    private static final int HEIGHT = 24;
    private static final int PERCENT = 100;
    private static final int NOTICEABLE = 20;

    private Spark() {}

    /** @param days of the lanes of one incident */
    static RawString of(List<LaneDayItem> days, LocalDate today) {
        StringBuilder bars = new StringBuilder();
        List<String> numbers = new ArrayList<>();
        for (int index = 0; index < DAYS; index++) {
            LocalDate day = today.minusDays(DAYS - 1L - index);
            long finished = 0;
            long failed = 0;
            for (LaneDayItem item : days) {
                finished += item.day().equals(day) ? item.finished() : 0;
                failed += item.day().equals(day) ? item.failed() : 0;
            }
            long share = finished == 0 ? 0 : failed * PERCENT / finished;
            numbers.add(finished == 0 ? "no runs" : share + " %");
            bars.append(bar(index * STEP, finished == 0 ? -1 : share));
        }
        int width = DAYS * STEP;
        return new RawString(String.format(
                Locale.ROOT,
                "<svg class=\"spark\" role=\"img\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " aria-label=\"failed runs of the last %d days: %s\">%s</svg>",
                width,
                HEIGHT,
                width,
                HEIGHT,
                DAYS,
                String.join(", ", numbers),
                bars));
    }

    private static String bar(int left, long share) {
        if (share < 0) {
            return "<rect class=\"none\" x=\"" + left + "\" y=\"22\" width=\"" + WIDTH + "\" height=\"2\"/>";
        }
        long height = Math.max(2, share * HEIGHT / PERCENT);
        return "<rect class=\"" + (share >= NOTICEABLE ? "bad" : "ok") + "\" x=\"" + left + "\" y=\""
                + (HEIGHT - height) + "\" width=\"" + WIDTH + "\" height=\"" + height + "\" rx=\"1\"/>";
    }
}
