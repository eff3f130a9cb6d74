// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The series of a moment. */
record Metrics(List<String> lines) {
    static Metrics of(String text) {
        return new Metrics(text.lines().filter(line -> !line.startsWith("#")).toList());
    }

    /** Names with labels, without values. */
    Set<String> series() {
        return lines.stream()
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Of all series of a metric with this label. */
    double sum(String name, String label) {
        return lines.stream()
                .filter(line -> (line.startsWith(name + "{") || line.startsWith(name + " ")) && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
