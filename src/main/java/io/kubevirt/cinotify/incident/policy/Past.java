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

/** What has happened, as far back as anything can come late: the core asks for it only where something does. */
public interface Past {

    /** Remembers one more thing; one that is known already stays as it is. */
    void add(Input input);

    /** All from an instant on, in their order. */
    List<Input> from(Instant instant);

    /** Remembers how things stood. */
    void keep(Checkpoint checkpoint);

    /** How things stood when they were last written down. */
    Optional<Checkpoint> newest();

    /** How things stood when they were last written down before an instant. */
    Optional<Checkpoint> before(Instant instant);

    /** What was written down at an instant or later holds no more. */
    void dropCheckpoints(Instant from);

    /** Nothing is remembered: what comes late counts when it comes. */
    Past NONE = new Past() {
        @Override
        public void add(Input input) {}

        @Override
        public List<Input> from(Instant instant) {
            return List.of();
        }

        @Override
        public void keep(Checkpoint checkpoint) {}

        @Override
        public Optional<Checkpoint> newest() {
            return Optional.empty();
        }

        @Override
        public Optional<Checkpoint> before(Instant instant) {
            return Optional.empty();
        }

        @Override
        public void dropCheckpoints(Instant from) {}
    };
}
