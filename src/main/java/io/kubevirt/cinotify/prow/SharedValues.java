// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Equal values of a job configuration as one object: thousands of jobs share a few labels, triggers, clusters and branches.
 * Needed only while the files are read.
 */
public final class SharedValues {
    private final Map<Object, Object> values = new ConcurrentHashMap<>();

    /** Compiling patterns is the most expensive step, too. */
    private final Map<List<List<String>>, Branches> branches = new ConcurrentHashMap<>();

    /** The first value that is equal to this one. */
    @SuppressWarnings("unchecked") // equal values of one class
    <T> T share(T value) {
        Object first = values.putIfAbsent(value, value);
        return first == null || first.getClass() != value.getClass() ? value : (T) first;
    }

    /** @throws com.google.re2j.PatternSyntaxException if a pattern is invalid */
    Branches branches(List<String> included, List<String> skipped) {
        return branches.computeIfAbsent(List.of(included, skipped), lists -> Branches.of(included, skipped));
    }
}
