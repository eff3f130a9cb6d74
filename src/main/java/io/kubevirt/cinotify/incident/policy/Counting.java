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

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Counts what happens in the order in which it happened: what comes late is put in its place, and all that came after it
 * is counted again.
 */
final class Counting {

    /** So often it is written down how things stand, by the clock of what happens. */
    private static final Duration BETWEEN = Duration.ofHours(1);

    /** And at least after so many things, as each must be counted again at a start. */
    private static final int MOST_BETWEEN = 400;

    /** After more where there is more to write: a storm must not write down each second what took hours to come about. */
    private static final int SHARE_BETWEEN = 4;

    private final IncidentCore.Rules rules;
    private Detection detection;
    private Instant written;
    private int since;

    /** From when on the incidents were found anew; they may be others now. */
    private Optional<Instant> recounted = Optional.empty();

    private Counting(IncidentCore.Rules rules, Detection detection) {
        this.rules = rules;
        this.detection = detection;
        this.written = detection.clock();
    }

    static Counting from(Detection detection, IncidentCore.Rules rules) {
        return new Counting(rules, detection);
    }

    /** Goes on where things were last written down, and counts what has been kept since. */
    static Counting resume(Past past, IncidentCore.Rules rules) {
        Counting counting = past.newest()
                .map(checkpoint -> new Counting(rules, restored(checkpoint, rules)))
                .orElseGet(() -> begin(past, rules));
        counting.since = 0;
        for (Input input : past.from(counting.detection.clock())) {
            if (counting.detection.isInOrder(input)) {
                counting.detection.count(input);
                counting.since++;
            }
        }
        counting.detection.ledger().clear();
        return counting;
    }

    private static Counting begin(Past past, IncidentCore.Rules rules) {
        Counting counting = new Counting(rules, Detection.fresh(rules));
        past.keep(counting.checkpoint());
        return counting;
    }

    private static Detection restored(Checkpoint checkpoint, IncidentCore.Rules rules) {
        return Detection.restore(Snapshot.unpack(checkpoint.state()), rules);
    }

    Detection detection() {
        return detection;
    }

    /** How things stand. */
    Checkpoint checkpoint() {
        return new Checkpoint(detection.clock(), detection.snapshot().pack());
    }

    Optional<Instant> recounted() {
        return recounted;
    }

    /**
     * Counts them.
     *
     * @param inputs in any order
     * @param known the incidents that people know of
     */
    void take(List<Input> inputs, List<Names.Issued> known, Past past) {
        recounted = Optional.empty();
        detection.names().offer(List.of(), List.of());
        List<Input> ordered = inputs.stream().sorted(Input.ORDER).toList();
        if (ordered.isEmpty()) {
            return;
        }
        Optional<Checkpoint> earlier = detection.isInOrder(ordered.getFirst())
                ? Optional.empty()
                : past.before(ordered.getFirst().at());
        if (earlier.isPresent()) {
            ordered.forEach(past::add);
            past.dropCheckpoints(ordered.getFirst().at());
            recount(earlier.get(), known, past);
            ordered.forEach(detection::settleUncounted);
        } else {
            ordered.forEach(input -> countNow(input, past));
        }
    }

    /** What is older than all that is remembered counts as soon as it can. */
    private void countNow(Input input, Past past) {
        Input counted = detection.isInOrder(input) || input.at().equals(detection.clock())
                ? input
                : input.at(detection.clock());
        past.add(counted);
        count(counted, past);
    }

    private void recount(Checkpoint from, List<Names.Issued> known, Past past) {
        detection = restored(from, rules);
        detection.names().offer(known, detection.cases().stream().map(Case::id).toList());
        written = from.at();
        since = 0;
        for (Input input : past.from(from.at())) {
            if (detection.isInOrder(input)) {
                count(input, past);
            }
        }
        recounted = Optional.of(from.at());
    }

    private void count(Input input, Past past) {
        if (input.at().isAfter(detection.clock()) && isLongSinceWritten()) {
            past.keep(checkpoint());
            written = detection.clock();
            since = 0;
        }
        detection.count(input);
        since++;
    }

    /** Only between instants: what was written down within one would hold no more with the next thing that happened then. */
    private boolean isLongSinceWritten() {
        return since >= Math.max(MOST_BETWEEN, detection.size() / SHARE_BETWEEN)
                || !detection.clock().isBefore(written.plus(BETWEEN));
    }
}
