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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What is to be done when: one timer of each kind for each thing. */
final class Agenda {

    private record Name(Timer.Kind kind, String key) {}

    private final TreeSet<Timer> timers = new TreeSet<>();
    private final Map<Name, Timer> byName = new HashMap<>();

    /** Sets a timer, in place of the former one. */
    void set(Timer.Kind kind, String key, Instant at) {
        cancel(kind, key);
        Timer timer = new Timer(at, kind, key);
        timers.add(timer);
        byName.put(new Name(kind, key), timer);
    }

    void cancel(Timer.Kind kind, String key) {
        Timer timer = byName.remove(new Name(kind, key));
        if (timer != null) {
            timers.remove(timer);
        }
    }

    Optional<Instant> next() {
        return timers.isEmpty() ? Optional.empty() : Optional.of(timers.first().at());
    }

    /** Takes the first timer of a kind out if it is due before an instant. */
    Optional<Timer> takeDue(Timer.Kind kind, Instant before) {
        Optional<Timer> due = timers.stream()
                .takeWhile(timer -> timer.at().isBefore(before))
                .filter(timer -> timer.kind() == kind)
                .findFirst();
        due.ifPresent(timer -> cancel(timer.kind(), timer.key()));
        return due;
    }

    /** Takes the first timer out if it is due. */
    Optional<Timer> takeDue(Instant now) {
        if (timers.isEmpty() || timers.first().at().isAfter(now)) {
            return Optional.empty();
        }
        Timer timer = timers.first();
        cancel(timer.kind(), timer.key());
        return Optional.of(timer);
    }
}
