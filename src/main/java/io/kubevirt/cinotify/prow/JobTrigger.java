// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What starts a configured job.
 *
 * @param alwaysRun on every change; with Prow's default applied
 * @param runBeforeMerge when tide wants to merge
 * @param runIfChanged only if certain files changed
 * @param skipIfOnlyChanged unless only certain files changed
 * @param cron the schedule of a periodic job, as written
 * @param interval the time from start to start of a periodic job
 * @param minimumInterval the time from end to start of a periodic job
 */
public record JobTrigger(
        boolean alwaysRun,
        boolean runBeforeMerge,
        boolean runIfChanged,
        boolean skipIfOnlyChanged,
        @Nullable String cron,
        @Nullable Duration interval,
        @Nullable Duration minimumInterval) {}
