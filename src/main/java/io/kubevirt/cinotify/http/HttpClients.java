// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.net.http.HttpClient;
import java.time.Duration;

/** Makes the clients for all other servers. */
public final class HttpClients {
    private HttpClients() {}

    /**
     * A client that follows no redirect and speaks HTTP/1.1: without TLS, Java offers an upgrade to HTTP/2, at which some
     * servers close the connection, among them ci-notify.
     */
    public static HttpClient connectingWithin(Duration timeout) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }
}
