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

import io.quarkus.vertx.http.ManagementInterface;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Health as Prow's components answer it (prow-contract §4): {@code OK}, or 503. What there is to report follows on
 * further lines.
 */
@ApplicationScoped
public class HealthPages {

    private final SmallRyeHealthReporter reporter;

    HealthPages(SmallRyeHealthReporter reporter) {
        this.reporter = reporter;
    }

    void mount(@Observes ManagementInterface management) {
        management.router().get("/healthz").order(-1).handler(context -> answer(context, 200, "OK"));
        management.router().get("/healthz/ready").order(-1).blockingHandler(this::readiness, false);
    }

    private void readiness(RoutingContext context) {
        SmallRyeHealth health = reporter.getReadiness();
        List<String> lines = health.getPayload().getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(check -> check.containsKey("data"))
                .map(check -> check.getString("name") + ": "
                        + check.getJsonObject("data").getString("problem", "reported"))
                .toList();
        String detail = lines.stream().map(line -> "\n" + line).collect(Collectors.joining());
        answer(context, health.isDown() ? 503 : 200, (health.isDown() ? "not ready" : "OK") + detail);
    }

    private static void answer(RoutingContext context, int status, String text) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(text);
    }
}
