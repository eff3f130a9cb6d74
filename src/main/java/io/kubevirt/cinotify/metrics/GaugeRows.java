// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/** Figures by a label, as a multi-gauge takes them. */
public final class GaugeRows {

    private GaugeRows() {}

    public static Iterable<MultiGauge.Row<?>> of(String label, Map<String, ? extends Number> figures) {
        return figures.entrySet().stream()
                .<MultiGauge.Row<?>>map(figure -> MultiGauge.Row.of(Tags.of(label, figure.getKey()), figure.getValue()))
                .toList();
    }
}
