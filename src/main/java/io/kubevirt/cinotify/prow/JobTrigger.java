/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
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
