// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.command.Permissions;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds who asks: a proxy names the user in a header, and proves itself with a shared secret in another. */
final class SignIn {
    static final String PROXY_SECRET = "X-Board-Proxy";

    private static final Logger LOG = Logger.getLogger(SignIn.class);
    private static final String HANDLE = "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})";

    private final BoardOptions options;
    private final Supplier<Config> config;

    SignIn(BoardOptions options, Supplier<Config> config) {
        this.options = options;
        this.config = config;
    }

    Viewer viewer(MultiMap headers) {
        String header = options.userHeader();
        String handle = header == null ? null : headers.get(header);
        // Two values may be one of the proxy and one of the user.
        if (handle == null || headers.getAll(header).size() != 1 || !handle.matches(HANDLE) || !isFromProxy(headers)) {
            return Viewer.PUBLIC;
        }
        return new Viewer(handle, permissions(config.get()).isListed(handle));
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
        String secret = given == null ? null : secret();
        return secret != null
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** What the proxy and the board alone know; null if there is none. */
    @Nullable String secret() {
        try {
            return options.proxySecretFile() == null ? null : new SecretFile(options.proxySecretFile()).read();
        } catch (SecretFile.UnusableException e) {
            LOG.warnf("nobody is signed in on the board: %s", e.getMessage());
            return null;
        }
    }
}
