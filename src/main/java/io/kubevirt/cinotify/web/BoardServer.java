// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The listener of the board: a port of its own, so that no ingress of the board reaches the webhooks. Requests read on few threads of
 * their own and never take those that accept deliveries.
 */
public final class BoardServer {
    private static final Logger LOG = Logger.getLogger(BoardServer.class);
    private static final int THREADS = 4;
    private static final int MOST_WAITING = 64;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
    private static final int LONGEST_LINE = 2_300;
    private static final int LARGEST_HEADERS = 8_192;
    private static final int IDLE_SECONDS = 75;
    private static final int LARGEST_FORM = 4_096;
    private static final Pattern ACTION = Pattern.compile("/incidents/[0-9a-f]{1,40}/[a-z-]+");
    private static final String RETRY_SECONDS = "5";

    private static final Map<String, String> HEADERS = Map.of(
            Answer.POLICY,
            Answer.policy("'none'"),
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin");

    private final BoardOptions options;
    private final BoardContext context;
    private final HttpServer server;
    private final WorkerExecutor worker;
    private final SignIn signIn;
    private final RequestLimiter limiter;
    private final RequestAnswerer answerer;
    private final ActionHandler actions;
    /** Null if people do not sign in with GitHub. */
    private final @Nullable LoginHandler login;

    private final LiveUpdates live;
    private final Assets assets = new Assets();
    private final AtomicInteger waiting = new AtomicInteger();

    public BoardServer(Vertx vertx, BoardOptions options, BoardContext context) {
        this.options = options;
        this.context = context;
        this.signIn = new SignIn(options, context.config(), context.clock());
        this.limiter = new RequestLimiter(context.clock());
        this.answerer = new RequestAnswerer(options, context, new PageHandler(options, context, assets, signIn));
        this.actions = new ActionHandler(options, context, signIn);
        this.login = options.gitHub() == null
                ? null
                : new LoginHandler(options.gitHub(), context, signIn, answerer::baseUrl);
        this.worker = vertx.createSharedWorkerExecutor("board", THREADS);
        this.live = new LiveUpdates(vertx, context, worker);
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost(options.host())
                        .setPort(options.port())
                        .setHttp2ClearTextEnabled(false)
                        .setCompressionSupported(true)
                        .setMaxInitialLineLength(LONGEST_LINE)
                        .setMaxHeaderSize(LARGEST_HEADERS)
                        .setIdleTimeout(IDLE_SECONDS))
                .requestHandler(this::handle);
    }

    /** Completes with the port once it listens. */
    public Future<Integer> start() {
        return server.listen().map(listening -> {
            answerer.listensOn(listening.actualPort());
            return listening.actualPort();
        });
    }

    public Future<Void> stop() {
        live.stop();
        return server.close().onComplete(closed -> worker.close());
    }

    private void handle(HttpServerRequest request) {
        HEADERS.forEach(request.response()::putHeader);
        attempt(request, Viewer.PUBLIC, () -> route(request));
    }

    private interface Attempt {
        void run() throws RequestProblem;
    }

    /** Answers also if it fails. */
    private void attempt(HttpServerRequest request, Viewer viewer, Attempt attempt) {
        try {
            attempt.run();
        } catch (RequestProblem e) {
            send(request, answerer.problem(path(request), viewer, e));
        } catch (RuntimeException e) {
            send(request, failure(request, viewer, e));
        }
    }

    private void route(HttpServerRequest request) throws RequestProblem {
        if (!options.isHost(request.getHeader("Host"))) {
            throw RequestProblem.of(
                    421,
                    "misdirected request",
                    "the board has another name",
                    "start it with --board-url and this address");
        }
        String path = path(request);
        if (path == null) {
            throw RequestProblem.notFound("there is no such page", "the board begins at " + options.basePath() + "/");
        }
        Answer asset = assets.find(path);
        if (asset != null && request.method() == HttpMethod.GET) {
            send(request, asset);
            return;
        }
        Viewer viewer = signIn.viewer(request.headers(), cookie(request));
        requireModeration(request, viewer);
        if (path.equals(LiveUpdates.PATH) && request.method() == HttpMethod.GET) {
            live.listen(request.response(), client(request, viewer));
            return;
        }
        BoardRequest board = BoardRequest.of(path, request, viewer);
        if (request.method() == HttpMethod.POST) {
            post(request, board);
        } else if (request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD) {
            get(request, board);
        } else {
            throw onlyRead(request);
        }
    }

    private void get(HttpServerRequest request, BoardRequest board) throws RequestProblem {
        LoginHandler handler = login;
        String cookie = cookie(request);
        String etag = request.getHeader("If-None-Match");
        work(
                request,
                board,
                handler != null && LoginHandler.isPage(board.path())
                        ? () -> handler.answer(board, cookie)
                        : () -> answerer.answer(board, etag));
    }

    private void post(HttpServerRequest request, BoardRequest board) throws RequestProblem {
        LoginHandler handler = login;
        if (ACTION.matcher(board.path()).matches()) {
            takeForm(request, board, form -> perform(board, form));
        } else if (handler != null && board.path().equals(LoginHandler.LOGOUT)) {
            takeForm(request, board, form -> handler.end(board, form));
        } else {
            throw onlyRead(request);
        }
    }

    private static RequestProblem onlyRead(HttpServerRequest request) {
        request.response().putHeader("Allow", "GET, HEAD");
        return RequestProblem.of(405, "method not allowed", "this page is only read", "use GET");
    }

    /** Null without a limit: a proxy has one address for all, and local clients are the operator's own. */
    private @Nullable String client(HttpServerRequest request, Viewer viewer) {
        if (viewer.handle() != null) {
            return "@" + viewer.handle();
        }
        String address = request.remoteAddress() == null
                ? ""
                : Objects.requireNonNullElse(request.remoteAddress().hostAddress(), "");
        boolean local = address.startsWith("127.") || address.equals("0:0:0:0:0:0:0:1") || address.equals("::1");
        return local || signIn.isFromProxy(request.headers()) ? null : address;
    }

    private void requireModeration(HttpServerRequest request, Viewer viewer) throws RequestProblem {
        String client = client(request, viewer);
        if (client != null && !limiter.allows(client)) {
            request.response().putHeader("Retry-After", "1");
            throw RequestProblem.of(429, "too many requests", "more than 20 requests a second", "wait a second");
        }
    }

    /** Below the base path; null if it is elsewhere. */
    private @Nullable String path(HttpServerRequest request) {
        String path = Objects.requireNonNullElse(request.path(), "");
        String base = options.basePath();
        if (!path.startsWith(base) || path.indexOf("..") >= 0) {
            return null;
        }
        String rest = path.substring(base.length());
        return rest.startsWith("/") ? rest : rest.isEmpty() ? "/" : null;
    }

    private static @Nullable String cookie(HttpServerRequest request) {
        Cookie cookie = request.getCookie(SignIn.COOKIE);
        return cookie == null ? null : cookie.getValue();
    }

    private interface FormHandler {
        Answer handle(Map<String, List<String>> form) throws RequestProblem;
    }

    private void takeForm(HttpServerRequest request, BoardRequest board, FormHandler handler) throws RequestProblem {
        if (!ActionHandler.isSameOrigin(
                request.getHeader("Origin"), request.getHeader("Sec-Fetch-Site"), answerer.origin())) {
            throw RequestProblem.forbidden("the form is not from a page of this board", "open the incident here");
        }
        String length = Objects.requireNonNullElse(request.getHeader("Content-Length"), "");
        if (!length.matches("[0-9]{1,4}") || Integer.parseInt(length) > LARGEST_FORM) {
            throw RequestProblem.of(413, "too large", "a form has at most 4 KB", "open the incident again");
        }
        request.body()
                .onSuccess(body -> attempt(request, board.viewer(), () -> {
                    Map<String, List<String>> form = BoardRequest.decoded(body.toString());
                    work(request, board, () -> handler.handle(form));
                }))
                .onFailure(cause -> LOG.debugf("a form did not arrive: %s", cause.getMessage()));
    }

    private Answer perform(BoardRequest board, Map<String, List<String>> form) throws RequestProblem {
        Instant now = context.clock().instant();
        return actions.perform(context.store()
                .read(transaction -> actions.read(board, answerer.reading(transaction, now, board.viewer()), form)));
    }

    private void work(HttpServerRequest request, BoardRequest board, Callable<Answer> work) throws RequestProblem {
        Instant arrived = context.clock().instant();
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            throw busy(request);
        }
        worker.executeBlocking(
                        () -> {
                            waiting.decrementAndGet();
                            Instant late = arrived.plus(LONGEST_WAIT);
                            return context.clock().instant().isAfter(late)
                                    ? answerer.problem(board.path(), board.viewer(), busy(request))
                                    : work.call();
                        },
                        false)
                .onComplete(done -> send(
                        request, done.succeeded() ? done.result() : failure(request, board.viewer(), done.cause())));
    }

    private static RequestProblem busy(HttpServerRequest request) {
        request.response().putHeader("Retry-After", RETRY_SECONDS);
        return RequestProblem.of(503, "busy", "too many pages are read at once", "try again in some seconds");
    }

    private Answer failure(HttpServerRequest request, Viewer viewer, Throwable cause) {
        if (cause instanceof RequestProblem problem) {
            return answerer.problem(path(request), viewer, problem);
        }
        if (cause instanceof StoreUnavailable) {
            LOG.debugf("the board cannot read: %s", cause.getMessage());
            request.response().putHeader("Retry-After", RETRY_SECONDS);
            return answerer.problem(
                    path(request),
                    viewer,
                    RequestProblem.of(
                            503,
                            "store unavailable",
                            "the store cannot be read",
                            "it is retried; see the log of ci-notify"));
        }
        LOG.error("a request to the board failed unexpectedly", cause);
        return answerer.problem(
                path(request),
                viewer,
                RequestProblem.of(500, "internal error", "the request failed", "see the log of ci-notify"));
    }

    private static void send(HttpServerRequest request, Answer answer) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (request.method() == HttpMethod.HEAD || answer.status() == 304) {
            response.end();
        } else {
            response.end(answer.body());
        }
    }
}
