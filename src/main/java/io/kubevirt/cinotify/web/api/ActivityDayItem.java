// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import java.time.LocalDate;

/**
 * Deliveries by UTC day and outcome.
 *
 * @param outcome notified, suppressed or failed
 * @param reason why they were suppressed or failed; empty otherwise
 */
public record ActivityDayItem(LocalDate day, String outcome, String reason, long deliveries) {
    /** The columns of {@link #csv}. */
    public static final String CSV_HEADER = "day,outcome,reason,deliveries";

    /** A line of comma-separated values. */
    public String csv() {
        return day + "," + outcome + "," + reason + "," + deliveries;
    }
}
