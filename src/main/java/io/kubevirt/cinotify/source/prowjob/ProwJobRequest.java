// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A request for ProwJobs.
 *
 * @param verb as RBAC has it
 * @param query of the address
 */
record ProwJobRequest(String verb, String namespace, String query) {

    static ProwJobRequest list(String namespace, int limit, @Nullable String next) {
        return new ProwJobRequest(
                "list", namespace, "limit=" + limit + (next == null ? "" : "&continue=" + encoded(next)));
    }

    /** @param lifetime after which the API server ends the watch by itself */
    static ProwJobRequest watch(String namespace, String resourceVersion, Duration lifetime) {
        return new ProwJobRequest(
                "watch",
                namespace,
                "watch=true&allowWatchBookmarks=true&resourceVersion=" + encoded(resourceVersion) + "&timeoutSeconds="
                        + lifetime.toSeconds());
    }

    /** @param server the address of the API server */
    URI uri(String server) {
        String base = server.endsWith("/") ? server : server + "/";
        return URI.create(base + "apis/prow.k8s.io/v1/namespaces/" + encoded(namespace) + "/prowjobs?" + query);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** For a person. */
    @Override
    public String toString() {
        return verb + " prowjobs.prow.k8s.io in namespace " + namespace;
    }
}
