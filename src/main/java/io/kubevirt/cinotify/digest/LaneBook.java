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

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts the runs of lanes, one after another. */
public final class LaneBook {

    private final Map<String, Page> lanes = new TreeMap<>();

    /** What has been seen of a commit. */
    private enum Seen {
        PASSED,
        FAILED,
        BOTH;

        Seen and(Seen other) {
            return this == other ? this : BOTH;
        }
    }

    private static final class Page {
        private final Map<String, Seen> commits = new HashMap<>();
        private final Map<String, Integer> sigs = new TreeMap<>();
        private int finished;
        private int red;
    }

    /**
     * Takes note of a run; of one that neither passed nor failed, nothing.
     *
     * @param sig whose its failure is; null if it passed
     */
    public void add(JobRun run, @Nullable String sig) {
        if (run.state() != JobState.SUCCESS && !run.state().isRed()) {
            return;
        }
        Page page = lanes.computeIfAbsent(run.lane().toString(), lane -> new Page());
        page.finished++;
        page.red += run.state().isRed() ? 1 : 0;
        if (sig != null) {
            page.sigs.merge(sig, 1, Integer::sum);
        }
        String commit = commit(run);
        if (commit != null) {
            page.commits.merge(commit, run.state().isRed() ? Seen.FAILED : Seen.PASSED, Seen::and);
        }
    }

    /** What was tested: the same once more only if base and all heads are the same; the base of a presubmit may move. */
    private static @Nullable String commit(JobRun run) {
        boolean known = run.type() == JobType.PRESUBMIT
                && !run.pulls().isEmpty()
                && run.pulls().stream().allMatch(pull -> pull.sha() != null);
        return known
                ? run.pulls().stream()
                        .map(pull -> Objects.requireNonNull(pull.sha()))
                        .sorted()
                        .collect(Collectors.joining("+"))
                : null;
    }

    /** The figures of all lanes, by name. */
    public List<LaneFigures> figures() {
        return lanes.entrySet().stream()
                .map(lane -> figures(lane.getKey(), lane.getValue()))
                .toList();
    }

    private static LaneFigures figures(String lane, Page page) {
        int flaky =
                (int) page.commits.values().stream().filter(Seen.BOTH::equals).count();
        String sig = page.sigs.entrySet().stream()
                .reduce((one, other) -> other.getValue() > one.getValue() ? other : one)
                .map(Map.Entry::getKey)
                .orElse("");
        return new LaneFigures(lane, sig, page.finished, page.red, page.commits.size(), flaky);
    }
}
