// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Limits what the kernel holds for a connection, by default megabytes, which count as memory of the pod. It is also what an
 * event loop reads from one connection before it turns to others, so that large bodies do not delay small ones.
 */
@Singleton
final class ReceiveBuffer implements HttpServerOptionsCustomizer {
    private static final int BYTES = 64 << 10;

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setReceiveBufferSize(BYTES);
    }
}
