// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.RunRecord.PullKey;
import io.kubevirt.cinotify.incident.detect.BurstStats.PullRequestStats;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;

/**
 * Excludes failures of a pull request on which many lanes fail: its change, batch or old branch is the likely cause.
 * Later failures are excluded for a while too, because bots retest such pull requests every hour.
 */
final class PullRequestStormDetector {

    private final DetectContext context;

    PullRequestStormDetector(DetectContext context) {
        this.context = context;
    }

    void check(WindowEntry entry, Instant now) {
        Map<PullKey, Instant> storms = context.state().storms();
        forgetOld(storms, now);
        PullKey pull = entry.run().pullKey();
        SlidingWindow<PullRequestStats> window = context.windows().pull(pull, now);
        if (window.stats().red().distinct() >= context.thresholds().onePull().lanes()) {
            refresh(storms, pull, now);
            window.entries().forEach(each -> context.windows().excludeIfCounted(each, WindowEntry.Exclusion.STORM));
        } else if (storms.containsKey(pull)) {
            refresh(storms, pull, now);
            context.windows().excludeIfCounted(entry, WindowEntry.Exclusion.STORM);
        }
    }

    /** Keeps the map in the order of the instants. */
    private static void refresh(Map<PullKey, Instant> storms, PullKey pull, Instant now) {
        storms.remove(pull);
        storms.put(pull, now);
    }

    private void forgetOld(Map<PullKey, Instant> storms, Instant now) {
        Instant floor = now.minus(context.thresholds().onePull().keep());
        Iterator<Instant> instants = storms.values().iterator();
        while (instants.hasNext() && instants.next().isBefore(floor)) {
            instants.remove();
        }
    }
}
