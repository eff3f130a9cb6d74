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

import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Looks once a minute whether sick nodes are well again; that they are sick is seen as soon as the artifacts say so. */
@ApplicationScoped
public class WatchNodes {

    private final IncidentDesk desk;
    private final Store store;

    /** @param desk where it is decided who is told */
    public WatchNodes(IncidentDesk desk, Store store) {
        this.desk = desk;
        this.store = store;
    }

    /** Looks. */
    @Scheduled(every = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        if (store.read(SickNodes::areKnown) && desk.mayDecide()) {
            desk.decide(sitting -> {
                List<Input> changes = new SickNodes(sitting.settings(), sitting.transaction(), sitting.now()).changes();
                if (!changes.isEmpty()) {
                    sitting.take(changes);
                }
                return true;
            });
        }
    }
}
