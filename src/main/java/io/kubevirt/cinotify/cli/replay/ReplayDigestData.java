// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.digest.DigestData;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.LaneStatsCollector;
import io.kubevirt.cinotify.engine.digest.DigestFactory;
import io.kubevirt.cinotify.engine.digest.RosterGaps;
import io.kubevirt.cinotify.prow.JobRun;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a digest would have told, had the plugin run over a history. */
public final class ReplayDigestData implements DigestFactory.DataSource {

    private static final String NOTE = "this is a replay: everybody who was told is taken to have acknowledged at once";

    private final Config settings;
    private final List<HistoryEntry> history;

    public ReplayDigestData(Config settings, List<HistoryEntry> history) {
        this.settings = settings;
        this.history = history;
    }

    @Override
    public DigestData of(DigestPeriod period) {
        Replay replay = new Replay(settings, true, step -> {});
        replay.play(history, period.until());
        LaneStatsCollector lanes = new LaneStatsCollector();
        history.stream()
                .filter(past -> period.contains(past.at()))
                .map(HistoryEntry::run)
                .filter(run -> !settings.diagnoser().isPluginRun(run))
                .forEach(run -> lanes.add(run, sig(run)));
        return new DigestData(
                period,
                replay.recorder().histories(period),
                replay.recorder().notifications(period),
                lanes.stats(),
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
