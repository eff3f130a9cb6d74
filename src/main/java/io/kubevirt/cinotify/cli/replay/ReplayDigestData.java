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

/** The data of a digest as if the plugin had run over a history. */
public final class ReplayDigestData implements DigestFactory.DataSource {

    private static final String NOTE = "this is a replay: everybody who was notified acknowledges at once";

    private final Config config;
    private final List<HistoryEntry> history;

    public ReplayDigestData(Config config, List<HistoryEntry> history) {
        this.config = config;
        this.history = history;
    }

    @Override
    public DigestData of(DigestPeriod period) {
        Replay replay = new Replay(config, true, step -> {});
        replay.play(history, period.until());
        LaneStatsCollector lanes = new LaneStatsCollector();
        history.stream()
                .filter(past -> period.contains(past.at()))
                .map(HistoryEntry::run)
                .filter(run -> !config.diagnoser().isPluginRun(run))
                .forEach(run -> lanes.add(run, sig(run)));
        return new DigestData(
                period,
                replay.recorder().histories(period),
                replay.recorder().notifications(period),
                lanes.stats(),
                List.of(),
                config.knownIssues(),
                Map.of(),
                RosterGaps.of(config, period.until(), config.digests().zone()),
                List.of(NOTE));
    }

    private @Nullable String sig(JobRun run) {
        return run.state().isRed() ? config.diagnoser().diagnose(run).sig() : null;
    }
}
