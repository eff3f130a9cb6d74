// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

record ProwJobRequest(String verb, String namespace, String query) {

    static ProwJobRequest list(String namespace, int limit, @Nullable String continueToken) {
        return new ProwJobRequest(
                "list",
                namespace,
                "limit=" + limit + (continueToken == null ? "" : "&continue=" + encode(continueToken)));
    }

    static ProwJobRequest watch(String namespace, String resourceVersion, Duration lifetime) {
        return new ProwJobRequest(
                "watch",
                namespace,
                "watch=true&allowWatchBookmarks=true&resourceVersion=" + encode(resourceVersion) + "&timeoutSeconds="
                        + lifetime.toSeconds());
    }

    URI uri(String server) {
        String base = server.endsWith("/") ? server : server + "/";
        return URI.create(base + "apis/prow.k8s.io/v1/namespaces/" + encode(namespace) + "/prowjobs?" + query);
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** For messages to the operator. */
    @Override
    public String toString() {
        return verb + " prowjobs.prow.k8s.io in namespace " + namespace;
    }
}
