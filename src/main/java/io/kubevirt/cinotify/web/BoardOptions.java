// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where the board listens, and whom it trusts.
 *
 * @param url its address for people; null if it is only reached locally
 * @param proxy who signs people in in front of the board; null for nobody
 * @param gitHub how people sign in with GitHub; null if they do not
 * @param embedIn the origins whose pages may show the board in a frame, for the header; empty for none
 */
public record BoardOptions(
        int port,
        String host,
        @Nullable URI url,
        @Nullable Proxy proxy,
        @Nullable GitHubApp gitHub,
        List<URI> embedIn) {
    public BoardOptions {
        embedIn = List.copyOf(embedIn);
        url = url == null ? null : normalized(url);
    }

    /**
     * A proxy that signs people in.
     *
     * @param userHeader the header in which it names the user
     * @param secretFile the secret that proves that a request comes from it
     */
    public record Proxy(String userHeader, Path secretFile) {}

    /**
     * An OAuth App, or a GitHub App, with which people sign in.
     *
     * @param clientFile a document with {@code client_id} and {@code client_secret}, as deck's
     * @param cookieSecretFile the keys that sign sessions, a line each: the first signs, all are accepted
     */
    public record GitHubApp(Path clientFile, Path cookieSecretFile) {}

    /** As browsers write it: the host in lower case, without the port that the scheme has anyway. */
    private static URI normalized(URI url) {
        int usual = url.getScheme().equals("https") ? 443 : 80;
        String port = url.getPort() < 0 || url.getPort() == usual ? "" : ":" + url.getPort();
        return URI.create(url.getScheme() + "://" + url.getHost().toLowerCase(Locale.ROOT) + port
                + Objects.requireNonNullElse(url.getRawPath(), ""));
    }

    /** What all paths begin with behind an ingress; empty, or with a slash at the front alone. */
    String basePath() {
        String path = url == null ? "" : Objects.requireNonNullElse(url.getPath(), "");
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /** Without a final slash. */
    String baseUrl(int actualPort) {
        return url == null
                ? "http://127.0.0.1:" + actualPort
                : url.getScheme() + "://" + url.getAuthority() + basePath();
    }

    /** Scheme and host, as browsers send it. */
    String origin(int actualPort) {
        return url == null ? "http://127.0.0.1:" + actualPort : url.getScheme() + "://" + url.getAuthority();
    }

    /** Whether a Host header names this board, so that no other name leads a browser to it. */
    boolean isHost(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String host = header.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]*$", "");
        return host.equals("localhost")
                || host.equals("127.0.0.1")
                || host.equals("[::1]")
                || url != null && host.equals(url.getHost());
    }
}
