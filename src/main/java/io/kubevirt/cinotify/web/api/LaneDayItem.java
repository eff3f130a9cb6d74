// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import java.time.LocalDate;

/**
 * The runs of a lane that ended on a day, in UTC.
 *
 * @param family the name that the lane shares with its variants for release branches and Kubernetes versions
 * @param flaky failed runs whose lane also passed on the commit
 */
public record LaneDayItem(String family, String lane, LocalDate day, long finished, long failed, long flaky) {
    /** The columns of {@link #csv}. */
    public static final String CSV_HEADER = "family,lane,day,finished,failed,flaky";

    /** A line of comma-separated values; names contain neither commas nor quotes. */
    public String csv() {
        return family + "," + lane + "," + day + "," + finished + "," + failed + "," + flaky;
    }
}
