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

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** What has happened, in memory. */
final class MemoryPast implements Past {

    private final TreeSet<Input> inputs = new TreeSet<>(Input.ORDER);
    private final TreeMap<Instant, Checkpoint> checkpoints = new TreeMap<>();

    @Override
    public void add(Input input) {
        inputs.add(input);
    }

    @Override
    public List<Input> from(Instant instant) {
        return inputs.stream().filter(input -> !input.at().isBefore(instant)).toList();
    }

    @Override
    public void keep(Checkpoint checkpoint) {
        checkpoints.put(checkpoint.at(), checkpoint);
    }

    @Override
    public Optional<Checkpoint> newest() {
        return Optional.ofNullable(checkpoints.lastEntry()).map(entry -> entry.getValue());
    }

    @Override
    public Optional<Checkpoint> before(Instant instant) {
        return Optional.ofNullable(checkpoints.lowerEntry(instant)).map(entry -> entry.getValue());
    }

    @Override
    public void dropCheckpoints(Instant from) {
        checkpoints.tailMap(from, true).clear();
    }
}
