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
 * Routes the paths that Prow's hook calls: the configured endpoints, and {@code /help} below each of them.
 *
 * <p>Runs before Quarkus REST and before Quarkus' body limit, which would reject requests with other codes (404, 406,
 * 413, 415) and in another order than Prow's plugins do (prow-contract §2).
 */
public final class WebhookRouter {
    private static final Logger LOG = Logger.getLogger(WebhookRouter.class);

    /** Quarkus applies its body limit at -2 and REST later. */
    private static final int BEFORE_BODY_LIMIT = -3;

    private final Set<String> endpoints;
    private final Set<String> helpPaths;
    private final WebhookHandler webhooks;
    private final HelpHandler help;

    /** Paths as in plugins.yaml, matched exactly, usually only "/"; none may be the help path of another one. */
    public WebhookRouter(Set<String> endpoints, WebhookHandler webhooks, HelpHandler help) {
        this.endpoints = Set.copyOf(endpoints);
        this.helpPaths = endpoints.stream().map(WebhookRouter::helpPath).collect(Collectors.toUnmodifiableSet());
        this.webhooks = webhooks;
        this.help = help;
        for (String endpoint : this.endpoints) {
            if (!endpoint.startsWith("/") || helpPaths.contains(endpoint)) {
                throw new IllegalArgumentException("invalid endpoint \"" + endpoint
                        + "\": a path must begin with / and must not be the /help of another endpoint");
            }
        }
    }

    /** Serves these paths; other paths continue to the next route. */
    public void mount(Router router) {
        router.route().order(BEFORE_BODY_LIMIT).handler(this::route);
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

    /** Quarkus' error page may contain a stack trace. */
    private static void handleSafely(Handler<RoutingContext> handler, RoutingContext context) {
        try {
            handler.handle(context);
        } catch (RuntimeException e) {
            LOG.error("A request from hook failed unexpectedly", e);
            HttpResponseStatus status = HttpResponseStatus.INTERNAL_SERVER_ERROR;
            WebhookResponse.send(context, status.code(), status + ": internal error, see the log of ci-notify");
        }
    }

    private static String helpPath(String endpoint) {
        return endpoint.endsWith("/") ? endpoint + "help" : endpoint + "/help";
    }
}
