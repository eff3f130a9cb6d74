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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.digest.DigestPages;
import io.kubevirt.cinotify.app.digest.RosterGaps;
import io.kubevirt.cinotify.digest.Facts;
import io.kubevirt.cinotify.digest.LaneBook;
import io.kubevirt.cinotify.digest.Period;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.settings.Settings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a digest would have told, had the plugin run over a history. */
final class ReplayFacts implements DigestPages.FactSource {

    private static final String NOTE = "this is a replay: everybody who was told is taken to have acknowledged at once";

    private final Settings settings;
    private final List<PastRun> history;

    ReplayFacts(Settings settings, List<PastRun> history) {
        this.settings = settings;
        this.history = history;
    }

    @Override
    public Facts of(Period period) {
        Replay replay = new Replay(settings, true, step -> {});
        replay.play(history, period.until());
        LaneBook lanes = new LaneBook();
        history.stream()
                .filter(past -> period.has(past.at()))
                .map(PastRun::run)
                .filter(run -> !settings.diagnoser().isPluginRun(run))
                .forEach(run -> lanes.add(run, sig(run)));
        return new Facts(
                period,
                replay.witness().episodes(period),
                replay.witness().told(period),
                lanes.figures(),
                List.of(),
                settings.knownIssues(),
                Map.of(),
                RosterGaps.of(settings, period.until(), settings.digests().zone()),
                List.of(NOTE));
    }

    private @Nullable String sig(JobRun run) {
        return run.state().isRed() ? settings.diagnoser().diagnose(run).sig() : null;
    }
}
