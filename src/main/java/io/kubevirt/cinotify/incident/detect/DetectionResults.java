// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import io.kubevirt.cinotify.incident.DetectedIncident;
import io.kubevirt.cinotify.incident.SettledRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the results of one detection step. */
public final class DetectionResults {

    private final List<SettledRun> settledRuns = new ArrayList<>();
    private final List<String> notifiable = new ArrayList<>();
    private final Map<String, DetectedIncident> touched = new LinkedHashMap<>();

    void touch(DetectedIncident changed) {
        touched.put(changed.id(), changed);
    }

    /** Marks a change that may cause a notification. */
    void notifiable(DetectedIncident changed) {
        touch(changed);
        notifiable.add(changed.id());
    }

    int position() {
        return notifiable.size();
    }

    List<String> notifiableSince(int position) {
        return List.copyOf(notifiable.subList(position, notifiable.size()));
    }

    void settle(SettledRun run) {
        settledRuns.add(run);
    }

    public List<SettledRun> settledRuns() {
        return settledRuns;
    }

    public Map<String, DetectedIncident> touched() {
        return touched;
    }

    public void clear() {
        settledRuns.clear();
        notifiable.clear();
        touched.clear();
    }
}
