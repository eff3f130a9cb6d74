// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.health;

import io.quarkus.vertx.http.ManagementInterface;
import io.smallrye.health.SmallRyeHealth;
import io.smallrye.health.SmallRyeHealthReporter;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.stream.Collectors;

/** Health as Prow's components answer it (prow-contract §4): {@code OK}, or 503. The problems follow, one a line. */
@ApplicationScoped
public class HealthRoutes {
    private final SmallRyeHealthReporter reporter;

    HealthRoutes(SmallRyeHealthReporter reporter) {
        this.reporter = reporter;
    }

    void mount(@Observes ManagementInterface management) {
        management.router().route().order(Integer.MIN_VALUE).handler(HealthRoutes::onlyHttp1);
        management.router().get("/healthz").order(-1).handler(context -> answer(context, 200, "OK"));
        management.router().get("/healthz/ready").order(-1).blockingHandler(this::readiness, false);
    }

    /** Quarkus has no setting for this port: it accepts HTTP/2 without TLS, which costs memory for each stream. */
    private static void onlyHttp1(RoutingContext context) {
        if (context.request().version() == HttpVersion.HTTP_2) {
            context.request().connection().close();
        } else {
            context.next();
        }
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
