// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import io.kubevirt.cinotify.engine.StoredJournal;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.store.StoreUnavailable;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Down if the store takes no writes: then no webhook may be answered with 2xx. */
@Readiness
@ApplicationScoped
public class StoreReadinessCheck implements HealthCheck {
    private static final Logger LOG = Logger.getLogger(StoreReadinessCheck.class);
    private final StoredJournal journal;

    StoreReadinessCheck(StoredJournal journal) {
        this.journal = journal;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("store");
        try {
            journal.probe();
            return response.up().build();
        } catch (StoreUnavailable e) {
            LOG.debug("the store takes no writes", e);
            return response.down()
                    .withData("problem", Secrets.censor(String.valueOf(e.getMessage())))
                    .build();
        }
    }
}
