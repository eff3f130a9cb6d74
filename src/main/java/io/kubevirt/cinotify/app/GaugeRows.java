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
package io.kubevirt.cinotify.app;

import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.Map;

/** Figures by a label, as a multi-gauge takes them. */
final class GaugeRows {

    private GaugeRows() {}

    static Iterable<MultiGauge.Row<?>> of(String label, Map<String, ? extends Number> figures) {
        return figures.entrySet().stream()
                .<MultiGauge.Row<?>>map(figure -> MultiGauge.Row.of(Tags.of(label, figure.getKey()), figure.getValue()))
                .toList();
    }
}
