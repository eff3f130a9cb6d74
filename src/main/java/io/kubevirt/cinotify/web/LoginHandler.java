// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.web.GitHubOAuthClient.SignInFailedException;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs people in with GitHub and out again. While somebody signs in, the cookie holds the state and the verifier of the
 * attempt, so that nobody else can end it; then it holds the session.
 */
final class LoginHandler {
    static final String BEGIN = "/login";
    static final String LOGOUT = "/logout";

    private static final String DONE = "/login/done";
    private static final Logger LOG = Logger.getLogger(LoginHandler.class);
    private static final String ATTEMPT = "attempt";
    private static final Duration ATTEMPT_TIME = Duration.ofMinutes(10);
    private static final String SEPARATOR = "\n";
    private static final String PATH = "/(?:[!-.0-\\[\\]-~][!-\\[\\]-~]{0,999})?";
    private static final int ATTEMPT_PARTS = 3;
    private static final int RANDOM_BYTES = 32;
    /** Of four threads that read pages. */
    private static final int MOST_AT_ONCE = 2;

    private final GitHubOAuthClient gitHub;
    private final BoardContext board;
    private final SignIn signIn;
    private final Supplier<String> baseUrl;
    private final Semaphore running = new Semaphore(MOST_AT_ONCE);
    private final SecureRandom random = new SecureRandom();

    /** @param baseUrl of the board, without a final slash */
    LoginHandler(BoardOptions.GitHubApp app, BoardContext board, SignIn signIn, Supplier<String> baseUrl) {
        this.gitHub = new GitHubOAuthClient(app.clientFile());
        this.board = board;
        this.signIn = signIn;
        this.baseUrl = baseUrl;
    }

    /** Whether a path is a step of signing in. */
    static boolean isPage(String path) {
        return path.equals(BEGIN) || path.equals(DONE);
    }

    /** @param cookie the value of {@link SignIn#COOKIE}; null if there is none */
    Answer answer(BoardRequest request, @Nullable String cookie) throws RequestProblem {
        return request.path().equals(BEGIN) ? begin(request) : complete(request, cookie);
    }

    /** Leads to GitHub, and afterwards back to the page in {@code to}. */
    private Answer begin(BoardRequest request) throws RequestProblem {
        String to = pathOf(new RequestParameters(request.query(), List.of("to")).text("to"));
        String state = randomText();
        String verifier = randomText();
        String attempt = String.join(SEPARATOR, state, verifier, to);
        try {
            String url = gitHub.authorizeUrl(
                    board.config().get().file().prow().gitHubServer(),
                    baseUrl.get() + DONE,
                    state,
                    SignedText.encode(sha256(verifier)));
            return found(url).with("Set-Cookie", signIn.cookie(attempt, ATTEMPT, ATTEMPT_TIME));
        } catch (SignInFailedException e) {
            throw failed(e);
        }
    }

    /** GitHub sends the browser here. */
    private Answer complete(BoardRequest request, @Nullable String cookie) throws RequestProblem {
        RequestParameters parameters = new RequestParameters(request.query(), List.of("code", "state"));
        String[] attempt = signIn.read(cookie, ATTEMPT).orElse("").split(SEPARATOR, -1);
        if (attempt.length != ATTEMPT_PARTS
                || !MessageDigest.isEqual(bytes(attempt[0]), bytes(String.valueOf(parameters.text("state"))))) {
            throw RequestProblem.forbidden(
                    "this is not the end of a sign-in that this browser began in the last ten minutes",
                    "sign in again");
        }
        String code = parameters.text("code");
        if (code == null) {
            throw RequestProblem.forbidden("GitHub signed nobody in", "sign in again, and authorize the application");
        }
        String handle = login(code, attempt[1]);
        return found(baseUrl.get() + attempt[2])
                .with("Set-Cookie", signIn.cookie(handle, SignIn.SESSION, SignIn.SESSION_TIME));
    }

    private String login(String code, String verifier) throws RequestProblem {
        if (!running.tryAcquire()) {
            throw RequestProblem.of(503, "busy", "others sign in at this moment", "try again in some seconds");
        }
        try {
            String handle = gitHub.login(
                    board.config().get().file().prow().gitHubServer(), baseUrl.get() + DONE, code, verifier);
            if (!SignIn.isHandle(handle)) {
                throw new SignInFailedException("GitHub names a login of an unknown form");
            }
            return handle;
        } catch (SignInFailedException e) {
            throw failed(e);
        } finally {
            running.release();
        }
    }

    /** Removes the session from the browser. */
    Answer end(BoardRequest request, Map<String, List<String>> form) throws RequestProblem {
        String token = new RequestParameters(form, List.of("token")).text("token");
        String handle = request.viewer().handle();
        String secret = signIn.secret();
        if (handle != null
                && (secret == null
                        || token == null
                        || !FormToken.isValid(
                                token, secret, handle, LOGOUT, board.clock().instant()))) {
            throw RequestProblem.forbidden("the form is too old, or not from this page", "load the page and try again");
        }
        return Answer.seeOther(baseUrl.get() + "/").with("Set-Cookie", signIn.noCookie());
    }

    private static RequestProblem failed(SignInFailedException cause) {
        LOG.warnf("nobody can sign in on the board: %s", cause.getMessage());
        return RequestProblem.of(
                502,
                "sign-in failed",
                "GitHub did not say who you are",
                "try again; the log of ci-notify has the reason");
    }

    /** The page to go back to: a path below the board, without another host or a line break, else its first page. */
    private static String pathOf(@Nullable String to) {
        return to != null && to.matches(PATH) ? to : "/";
    }

    private static Answer found(String location) {
        return new Answer(302, Buffer.buffer(), Map.of("Location", location, "Cache-Control", "no-store"));
    }

    private String randomText() {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return SignedText.encode(bytes);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
