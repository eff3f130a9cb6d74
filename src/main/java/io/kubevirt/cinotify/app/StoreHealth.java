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

import io.kubevirt.cinotify.store.StoreUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Without a store that takes writes no webhook may be answered with 2xx: not ready. */
@Readiness
@ApplicationScoped
public class StoreHealth implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(StoreHealth.class);

    private final StoredJournal journal;

    StoreHealth(StoredJournal journal) {
        this.journal = journal;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("store");
        try {
            journal.probe();
            return response.up().build();
        } catch (StoreUnavailable e) {
            LOG.debug("the store does not take writes", e);
            return response.down()
                    .withData("problem", String.valueOf(e.getMessage()))
                    .build();
        }
    }
}
