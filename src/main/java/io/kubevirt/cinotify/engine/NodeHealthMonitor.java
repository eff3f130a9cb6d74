// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.incident.IncidentEvent;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Looks once a minute whether sick nodes are well again; that they are sick is seen as soon as the artifacts say so. */
@ApplicationScoped
public class NodeHealthMonitor {

    private final IncidentService service;
    private final Store store;

    /** @param desk where it is decided who is told */
    public NodeHealthMonitor(IncidentService desk, Store store) {
        this.service = desk;
        this.store = store;
    }

    /** Looks. */
    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        if (store.read(NodeHealth::hasOpenIncidents) && service.isLeader()) {
            service.decide(sitting -> {
                List<IncidentEvent> changes =
                        new NodeHealth(sitting.config(), sitting.transaction(), sitting.now()).changes();
                if (!changes.isEmpty()) {
                    sitting.process(changes);
                }
                return true;
            });
        }
    }
}
