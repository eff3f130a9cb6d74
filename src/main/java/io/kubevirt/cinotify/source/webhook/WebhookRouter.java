// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import io.kubevirt.cinotify.source.webhook.WebhookReceiver.WebhookHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Routes as Prow's plugins do: {@code /help} is the help, every other path takes webhooks, because entries in plugins.yaml
 * carry any path; except for Slack's, if it is configured.
 *
 * <p>Runs before Quarkus REST and before Quarkus' body limit, which would reject requests with other codes (404, 406,
 * 413, 415) and in another order than Prow's plugins do (prow-contract §2).
 */
public final class WebhookRouter {
    private static final Logger LOG = Logger.getLogger(WebhookRouter.class);

    /** Quarkus applies its body limit at -2 and REST later. */
    private static final int BEFORE_BODY_LIMIT = -3;

    private static final String HELP = "/help";

    private final WebhookHandler webhooks;
    private final HelpHandler help;
    private final @Nullable SlackHandler slack;

    public WebhookRouter(WebhookHandler webhooks, HelpHandler help) {
        this(webhooks, help, null);
    }

    /** @param slack null if Slack does not send over HTTP */
    public WebhookRouter(WebhookHandler webhooks, HelpHandler help, @Nullable SlackHandler slack) {
        this.webhooks = webhooks;
        this.help = help;
        this.slack = slack;
    }

    /** Answers every request to the port. */
    public void mount(Router router) {
        router.route().order(BEFORE_BODY_LIMIT).handler(context -> handleSafely(handlerOf(context.request()), context));
    }

    private Handler<RoutingContext> handlerOf(HttpServerRequest request) {
        if (slack != null && SlackHandler.takes(request)) {
            return slack;
        }
        return asksForHelp(request) ? help : webhooks;
    }

    /** Hook joins {@code /help} to the path of an entry in plugins.yaml; only a webhook names an event. */
    private static boolean asksForHelp(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        return path.equals(HELP) || path.endsWith(HELP) && !request.headers().contains(WebhookHeaders.EVENT);
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
}
