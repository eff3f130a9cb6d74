// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;

/** When a person was last notified, so that people take turns. */
@FunctionalInterface
public interface LastNotified {
    /** When the person was last notified; empty for never, which sorts first. */
    Optional<Instant> of(String handle);

    /** Nobody was ever notified. */
    static LastNotified never() {
        return handle -> Optional.empty();
    }

    /** The person who was notified least recently; the first of several. */
    default <T> Optional<T> leastRecent(Collection<T> people, Function<T, String> handle) {
        Comparator<T> order =
                Comparator.comparing(person -> of(handle.apply(person)).orElse(Instant.MIN));
        return people.stream().reduce(BinaryOperator.minBy(order));
    }
}
