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
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.RunOrder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A time in which a lane was red: its red runs from one success to the next. It depends on the runs alone, not on the
 * order in which they were seen.
 *
 * @param reds the red runs in the order of their end, at least one
 * @param end the success that ended it; empty while it lasts
 */
record RedStretch(List<JobRun> reds, Optional<JobRun> end) {

    RedStretch {
        reds = List.copyOf(reds);
    }

    /** The stretches of a lane, oldest first; only the last can still last. */
    static List<RedStretch> of(Collection<JobRun> runs) {
        List<RedStretch> stretches = new ArrayList<>();
        List<JobRun> reds = new ArrayList<>();
        for (JobRun run : runs.stream().sorted(RunOrder.BY_END).toList()) {
            switch (run.state()) {
                case FAILURE, ERROR -> reds.add(run);
                case SUCCESS -> {
                    if (!reds.isEmpty()) {
                        stretches.add(new RedStretch(reds, Optional.of(run)));
                        reds.clear();
                    }
                }
                case SCHEDULING, TRIGGERED, PENDING, ABORTED -> {}
            }
        }
        if (!reds.isEmpty()) {
            stretches.add(new RedStretch(reds, Optional.empty()));
        }
        return stretches;
    }

    /** Whether two stretches that follow each other would be one if it were not for a success between them. */
    static boolean wereOneWithout(JobRun success, RedStretch earlier, RedStretch later, Collection<JobRun> runs) {
        JobRun from = earlier.reds().getLast();
        JobRun to = later.reds().getFirst();
        return runs.stream()
                .filter(run -> run.state() == JobState.SUCCESS && !RunOrder.same(run, success))
                .noneMatch(run -> RunOrder.BY_END.compare(from, run) < 0 && RunOrder.BY_END.compare(run, to) < 0);
    }

    boolean isEndedBy(JobRun success) {
        return end.filter(run -> RunOrder.same(run, success)).isPresent();
    }

    boolean isOver() {
        return end.isPresent();
    }

    boolean contains(JobRun run) {
        return contains(RunOrder.identity(run));
    }

    boolean contains(String identity) {
        return reds.stream().anyMatch(red -> RunOrder.identity(red).equals(identity));
    }

    /** The pull requests that it has hit, in ascending order. */
    List<Integer> pulls() {
        return reds.stream()
                .flatMap(run -> run.pulls().stream())
                .map(Pull::number)
                .distinct()
                .sorted()
                .toList();
    }
}
