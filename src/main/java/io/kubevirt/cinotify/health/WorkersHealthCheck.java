// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import io.kubevirt.cinotify.concurrent.WorkStatus.Failure;
import io.kubevirt.cinotify.concurrent.Workers;
import io.kubevirt.cinotify.http.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Down if deciding or sending fails because of the store, which accepts test writes although another page is damaged. A
 * defect is reported only: what arrives is still stored, and decided once it is fixed.
 */
@Readiness
@ApplicationScoped
public class WorkersHealthCheck implements HealthCheck {
    private final Workers workers;

    WorkersHealthCheck(Workers workers) {
        this.workers = workers;
    }

    @Override
    public HealthCheckResponse call() {
        List<Failure> failures = workers.failures();
        HealthCheckResponseBuilder response =
                HealthCheckResponse.named("workers").status(failures.stream().noneMatch(Failure::ofStore));
        return failures.isEmpty()
                ? response.build()
                : response.withData(
                                "problem",
                                Secrets.censor(
                                        failures.stream().map(Failure::problem).collect(Collectors.joining("\n"))))
                        .build();
    }
}
