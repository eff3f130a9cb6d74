// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.digest.LaneStatsCollector.LaneStats;
import io.kubevirt.cinotify.incident.LaneName;
import io.kubevirt.cinotify.notify.template.Fragment;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sections about lanes. */
final class LaneSections {
    private static final int MOST = 3;
    private static final int MOST_OF_SIG = 3;

    private static final Comparator<LaneStats> NOISIEST =
            Comparator.comparing(LaneStats::red).reversed().thenComparing(LaneStats::lane);

    private static final Comparator<LaneStats> FLAKIEST = Comparator.<LaneStats, Double>comparing(
                    lane -> -(double) lane.flaky() / lane.commits())
            .thenComparing(LaneStats::lane);

    private final List<LaneStats> lanes;

    LaneSections(List<LaneStats> lanes) {
        this.lanes = lanes;
    }

    /** The lanes with the most failed runs. */
    Digest.Section worst() {
        return new Digest.Section(
                "Worst lanes",
                lanes.stream()
                        .filter(lane -> lane.red() > 0)
                        .sorted(NOISIEST)
                        .limit(MOST)
                        .map(lane -> DigestLine.of("")
                                .untrusted(name(lane))
                                .text(": " + StatsFormat.share(lane.red(), lane.finished()) + " runs failed"))
                        .toList(),
                0);
    }

    /** A lane as "org/repo type job". */
    private static String name(LaneStats lane) {
        int space = lane.lane().indexOf(' ');
        String repository = lane.lane().substring(0, Math.max(0, space));
        String job = lane.lane().substring(lane.lane().lastIndexOf(' ') + 1);
        String versions = LaneName.versions(List.of(job));
        return LaneName.of(repository, job) + (versions.isEmpty() ? "" : " (" + versions + ")");
    }

    /** Flaky lanes by SIG. */
    Digest.Section flaky() {
        Map<String, List<LaneStats>> bySig = lanes.stream()
                .filter(lane -> lane.flaky() > 0)
                .sorted(FLAKIEST)
                .collect(Collectors.groupingBy(LaneStats::sig, TreeMap::new, Collectors.toList()));
        return new Digest.Section(
                "Flaky lanes: commits that both passed and failed",
                bySig.entrySet().stream()
                        .map(sig -> ofSig(sig.getKey(), sig.getValue()))
                        .toList(),
                0);
    }

    private static DigestLine ofSig(String sig, List<LaneStats> flaky) {
        DigestLine line = DigestLine.of("").untrusted(sig).text(": ");
        String between = "";
        for (LaneStats lane : flaky.subList(0, Math.min(MOST_OF_SIG, flaky.size()))) {
            line = line.text(between)
                    .with(new Fragment.Code(lane.lane()))
                    .text(" " + StatsFormat.share(lane.flaky(), lane.commits()));
            between = ", ";
        }
        int more = flaky.size() - MOST_OF_SIG;
        return more > 0 ? line.text(" and " + more + " more") : line;
    }
}
