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

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * The paths that Prow's hook calls: the configured endpoints for webhooks, and {@code /help} below each of them.
 *
 * <p>It stands before Quarkus REST and before Quarkus' own limit for bodies. Both answer in their own order and their
 * own words (404, 406, 413, 415), while a plugin must refuse as Prow's do (prow-contract §2).
 */
public final class Door {

    private static final Logger LOG = Logger.getLogger(Door.class);

    /** Quarkus enforces its own limit for bodies at -2 and routes to REST later still. */
    private static final int BEFORE_THE_BODY_LIMIT = -3;

    private final Set<String> endpoints;
    private final Set<String> helps;
    private final WebhookHandler webhooks;
    private final HelpHandler help;

    /**
     * @param endpoints the paths as they stand in the endpoints of plugins.yaml, matched exactly; usually only "/"
     * @throws IllegalArgumentException if one does not begin with a slash or would hide the help of another
     */
    public Door(Set<String> endpoints, WebhookHandler webhooks, HelpHandler help) {
        this.endpoints = Set.copyOf(endpoints);
        this.helps = endpoints.stream().map(Door::helpBelow).collect(Collectors.toUnmodifiableSet());
        this.webhooks = webhooks;
        this.help = help;
        for (String endpoint : this.endpoints) {
            if (!endpoint.startsWith("/") || helps.contains(endpoint)) {
                throw new IllegalArgumentException(
                        "The endpoint \"" + endpoint
                                + "\" cannot be served: a path must begin with / and must not be the /help of another endpoint");
            }
        }
    }

    /** Begins to answer on these paths; all others are left to the router. */
    public void mount(Router router) {
        router.route().order(BEFORE_THE_BODY_LIMIT).handler(this::route);
    }

    private void route(RoutingContext context) {
        String path = String.valueOf(context.request().path());
        if (endpoints.contains(path)) {
            guarded(webhooks, context);
        } else if (helps.contains(path)) {
            guarded(help, context);
        } else {
            context.next();
        }
    }

    /** Quarkus' own answer to an exception may show its stack. */
    private static void guarded(Handler<RoutingContext> handler, RoutingContext context) {
        try {
            handler.handle(context);
        } catch (RuntimeException e) {
            LOG.error("A request of hook failed in an unforeseen way", e);
            HttpResponseStatus status = HttpResponseStatus.INTERNAL_SERVER_ERROR;
            PlainAnswer.send(context, status.code(), status + ": the log of ci-notify says why");
        }
    }

    private static String helpBelow(String endpoint) {
        return endpoint.endsWith("/") ? endpoint + "help" : endpoint + "/help";
    }
}
