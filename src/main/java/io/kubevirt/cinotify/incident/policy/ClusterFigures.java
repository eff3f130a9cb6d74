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
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.prow.JobState;

/** How a build cluster fares: what it could not run, and how widely its runs fail. */
final class ClusterFigures implements Counter {

    private final Bag<String> lanes = new Bag<>();
    private final Bag<String> subjects = new Bag<>();
    private int runs;
    private int red;
    private int errors;

    @Override
    public void add(Entry entry) {
        count(entry, 1);
        if (entry.failed()) {
            lanes.add(entry.run().job());
            subjects.add(entry.run().subject());
        }
    }

    @Override
    public void remove(Entry entry) {
        count(entry, -1);
        if (entry.failed()) {
            lanes.remove(entry.run().job());
            subjects.remove(entry.run().subject());
        }
    }

    private void count(Entry entry, int difference) {
        runs += difference;
        red += entry.failed() ? difference : 0;
        errors += entry.run().state() == JobState.ERROR ? difference : 0;
    }

    /** Whether the cluster itself is the likely cause. */
    boolean isTrouble(Thresholds.Clusters thresholds) {
        return errors >= thresholds.errors()
                || (lanes.distinct() >= thresholds.lanes()
                        && subjects.distinct() >= thresholds.subjects()
                        && red * 100L >= (long) thresholds.share() * runs);
    }
}
