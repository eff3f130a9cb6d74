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
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** Knows when a person was last told something, so that people take turns. */
@FunctionalInterface
public interface LastTold {

    /** When the person was last told something; empty for never, which comes before everyone who was. */
    Optional<Instant> of(String handle);

    /** Nobody was ever told anything. */
    static LastTold never() {
        return handle -> Optional.empty();
    }

    /** The one who was told least recently; the first of several. */
    default <T> Optional<T> leastRecent(Collection<T> people, Function<T, String> handle) {
        Comparator<T> order =
                Comparator.comparing(person -> of(handle.apply(person)).orElse(Instant.MIN));
        return people.stream().reduce(BinaryOperator.minBy(order));
    }
}
