// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

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
public final class WebhookRouter {

    private static final Logger LOG = Logger.getLogger(WebhookRouter.class);

    /** Quarkus enforces its own limit for bodies at -2 and routes to REST later still. */
    private static final int BEFORE_THE_BODY_LIMIT = -3;

    private final Set<String> endpoints;
    private final Set<String> helpPaths;
    private final WebhookHandler webhooks;
    private final HelpHandler help;

    /**
     * @param endpoints the paths as they stand in the endpoints of plugins.yaml, matched exactly; usually only "/"
     * @throws IllegalArgumentException if one does not begin with a slash or would hide the help of another
     */
    public WebhookRouter(Set<String> endpoints, WebhookHandler webhooks, HelpHandler help) {
        this.endpoints = Set.copyOf(endpoints);
        this.helpPaths = endpoints.stream().map(WebhookRouter::helpPath).collect(Collectors.toUnmodifiableSet());
        this.webhooks = webhooks;
        this.help = help;
        for (String endpoint : this.endpoints) {
            if (!endpoint.startsWith("/") || helpPaths.contains(endpoint)) {
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
            handleSafely(webhooks, context);
        } else if (helpPaths.contains(path)) {
            handleSafely(help, context);
        } else {
            context.next();
        }
    }

    /** Quarkus' own answer to an exception may show its stack. */
    private static void handleSafely(Handler<RoutingContext> handler, RoutingContext context) {
        try {
            handler.handle(context);
        } catch (RuntimeException e) {
            LOG.error("A request of hook failed in an unforeseen way", e);
            HttpResponseStatus status = HttpResponseStatus.INTERNAL_SERVER_ERROR;
            PlainTextResponse.send(context, status.code(), status + ": the log of ci-notify says why");
        }
    }

    private static String helpPath(String endpoint) {
        return endpoint.endsWith("/") ? endpoint + "help" : endpoint + "/help";
    }
}
