// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.command.Permissions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds who asks: a proxy names the user in a header, and proves itself with a shared secret in another; or a cookie holds the
 * session of somebody who signed in with GitHub.
 */
final class SignIn {
    static final String PROXY_SECRET = "X-Board-Proxy";
    /** Browsers take it only from the host itself, over TLS (or from the local host). */
    static final String COOKIE = "__Host-board";

    static final String SESSION = "session";
    static final Duration SESSION_TIME = Duration.ofHours(8);

    private static final Logger LOG = Logger.getLogger(SignIn.class);
    private static final String HANDLE = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})";
    private static final String COOKIE_RULES = "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=";
    private static final int SHORTEST_KEY = 32;

    private final BoardOptions options;
    private final Supplier<Config> config;
    private final InstantSource clock;

    SignIn(BoardOptions options, Supplier<Config> config, InstantSource clock) {
        this.options = options;
        this.config = config;
        this.clock = clock;
    }

    /** @param cookie the value of {@link #COOKIE}; null if there is none */
    Viewer viewer(MultiMap headers, @Nullable String cookie) {
        return namedByProxy(headers)
                .or(() -> read(cookie, SESSION))
                .filter(SignIn::isHandle)
                .map(handle -> new Viewer(handle, permissions(config.get()).isListed(handle)))
                .orElse(Viewer.PUBLIC);
    }

    static boolean isHandle(String text) {
        return text.matches(HANDLE);
    }

    private Optional<String> namedByProxy(MultiMap headers) {
        if (options.proxy() == null) {
            return Optional.empty();
        }
        List<String> names = headers.getAll(options.proxy().userHeader());
        // Two values may be one of the proxy and one of the user.
        return names.size() == 1 && isFromProxy(headers) ? Optional.of(names.getFirst()) : Optional.empty();
    }

    /** Whether a person may change an incident. */
    static boolean mayHandle(Config config, String handle, IncidentItem incident) {
        return permissions(config).mayHandle(handle, incident.sig() == null ? "" : incident.sig());
    }

    private static Permissions permissions(Config config) {
        return new Permissions(config.roster(), config.sigs(), config.aliases());
    }

    boolean isFromProxy(MultiMap headers) {
        String given = headers.get(PROXY_SECRET);
        String secret = given == null || options.proxy() == null
                ? null
                : content(options.proxy().secretFile());
        return secret != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** Signs forms; null if nobody can sign in. */
    @Nullable String secret() {
        return options.proxy() != null
                ? content(options.proxy().secretFile())
                : keys().stream().findFirst().orElse(null);
    }

    /** The header {@code Set-Cookie} with a signed text. */
    String cookie(String text, String purpose, Duration time) throws RequestProblem {
        List<String> keys = keys();
        if (keys.isEmpty()) {
            throw RequestProblem.of(
                    503, "sign-in failed", "no session can be signed", "the log of ci-notify has the reason");
        }
        String value = SignedText.write(text, purpose, clock.instant().plus(time), keys.getFirst());
        return COOKIE + "=" + value + COOKIE_RULES + time.toSeconds();
    }

    /** The header {@code Set-Cookie} that removes the cookie. */
    String noCookie() {
        return COOKIE + "=" + COOKIE_RULES + 0;
    }

    /** The text that a cookie holds for a purpose; empty if there is none. */
    Optional<String> read(@Nullable String cookie, String purpose) {
        return cookie == null ? Optional.empty() : SignedText.read(cookie, purpose, clock.instant(), keys());
    }

    private List<String> keys() {
        BoardOptions.GitHubApp app = options.gitHub();
        String content = app == null ? null : content(app.cookieSecretFile());
        if (app == null || content == null) {
            return List.of();
        }
        List<String> keys = content.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        if (keys.stream().anyMatch(key -> key.length() < SHORTEST_KEY)) {
            LOG.warnf(
                    "nobody is signed in on the board: %s has a line of fewer than %d characters: write random ones",
                    app.cookieSecretFile(), SHORTEST_KEY);
            return List.of();
        }
        return keys;
    }

    private static @Nullable String content(Path file) {
        try {
            return new SecretFile(file).read();
        } catch (SecretFile.UnusableException e) {
            LOG.warnf("nobody is signed in on the board: %s", e.getMessage());
            return null;
        }
    }
}
