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
package io.kubevirt.cinotify.digest;

import io.kubevirt.cinotify.notice.template.Piece;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The lanes of a period: those that fail most, and those that fail and pass with the same change. */
final class LaneSections {

    private static final int MOST = 5;
    private static final int MOST_OF_SIG = 3;

    private static final Comparator<LaneFigures> NOISIEST =
            Comparator.comparing(LaneFigures::red).reversed().thenComparing(LaneFigures::lane);

    private static final Comparator<LaneFigures> FLAKIEST = Comparator.<LaneFigures, Double>comparing(
                    lane -> -(double) lane.flaky() / lane.commits())
            .thenComparing(LaneFigures::lane);

    private final List<LaneFigures> lanes;

    LaneSections(List<LaneFigures> lanes) {
        this.lanes = lanes;
    }

    /** Those that failed most often. */
    Page.Section noisiest() {
        return new Page.Section(
                "Noisiest lanes",
                lanes.stream()
                        .filter(lane -> lane.red() > 0)
                        .sorted(NOISIEST)
                        .limit(MOST)
                        .map(lane -> Line.code(lane.lane())
                                .and(": " + Figures.share(lane.red(), lane.finished()) + " runs red"))
                        .toList(),
                0);
    }

    /** Those that are flaky, by SIG. */
    Page.Section flaky() {
        Map<String, List<LaneFigures>> bySig = lanes.stream()
                .filter(lane -> lane.flaky() > 0)
                .sorted(FLAKIEST)
                .collect(Collectors.groupingBy(LaneFigures::sig, TreeMap::new, Collectors.toList()));
        return new Page.Section(
                "Flaky lanes: commits on which they both passed and failed",
                bySig.entrySet().stream()
                        .map(sig -> ofSig(sig.getKey(), sig.getValue()))
                        .toList(),
                0);
    }

    private static Line ofSig(String sig, List<LaneFigures> flaky) {
        Line line = Line.own("").outside(sig).and(": ");
        String between = "";
        for (LaneFigures lane : flaky.subList(0, Math.min(MOST_OF_SIG, flaky.size()))) {
            line = line.and(between)
                    .with(new Piece.Code(lane.lane()))
                    .and(" " + Figures.share(lane.flaky(), lane.commits()));
            between = ", ";
        }
        int more = flaky.size() - MOST_OF_SIG;
        return more > 0 ? line.and(" and " + more + " more") : line;
    }
}
