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
package io.kubevirt.cinotify.intake.hook;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts every request at the door as {@code ci_notify_deliveries_total{event,result}}. */
public final class DeliveryCounter {

    private static final String METER = "ci_notify.deliveries";

    private final MeterRegistry registry;
    private final Set<String> events;

    /** @param events the names that may become label values; the sender chooses the header, so all others are "other" */
    public DeliveryCounter(MeterRegistry registry, Set<String> events) {
        this.registry = registry;
        this.events = Set.copyOf(events);
    }

    void count(@Nullable String event, Outcome.Result result) {
        String known = event != null && events.contains(event) ? event : "other";
        registry.counter(METER, "event", known, "result", result.name().toLowerCase(Locale.ROOT))
                .increment();
    }
}
