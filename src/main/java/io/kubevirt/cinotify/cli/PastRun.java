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

import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Pull;
import java.time.Instant;
import java.util.Comparator;

/**
 * A run of a history.
 *
 * @param at when it was known
 * @param id its identity: lane and build, or where the build is not known the whole line in short
 */
record PastRun(Instant at, String id, JobRun run) implements Comparable<PastRun> {

    /** Whatever the order of the lines, runs of the same instant come in this one. */
    private static final Comparator<PastRun> ORDER = Comparator.comparing(PastRun::at)
            .thenComparing(past -> past.run().job())
            .thenComparing(PastRun::pull)
            .thenComparing(PastRun::id)
            .thenComparing(past -> past.run().state());

    private int pull() {
        return run.pulls().stream().mapToInt(Pull::number).findFirst().orElse(0);
    }

    @Override
    public int compareTo(PastRun other) {
        return ORDER.compare(this, other);
    }
}
