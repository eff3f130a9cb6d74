// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A call of the API.
 *
 * @param method GET, POST, PATCH, PUT or DELETE
 * @param path after the endpoint, query included, everything from outside encoded
 * @param body what is sent; null for nothing
 * @param org whose installation and whose limit it counts for; empty for none
 * @param idempotent whether doing it twice is doing it once
 * @param etag what is known already and need not be sent again; null for nothing
 */
record GitHubRequest(
        String method,
        String path,
        @Nullable JsonNode body,
        String org,
        boolean idempotent,
        @Nullable String etag) {

    static GitHubRequest get(String org, String path) {
        return new GitHubRequest("GET", path, null, org, true, null);
    }

    /** Something that is there afterwards however often it is asked for. */
    static GitHubRequest idempotentWrite(String method, String org, String path, @Nullable JsonNode body) {
        return new GitHubRequest(method, path, body, org, true, null);
    }

    /** Something that is there once more each time. */
    static GitHubRequest create(String org, String path, JsonNode body) {
        return new GitHubRequest("POST", path, body, org, false, null);
    }

    /** The same, to be answered only if it is no longer as it was; null for always. */
    GitHubRequest ifNoneMatch(@Nullable String known) {
        return new GitHubRequest(method, path, body, org, idempotent, known);
    }

    boolean isRead() {
        return method.equals("GET");
    }

    /** The path of a repository, without a slash at its end. */
    static String path(Repository repository) {
        return "/repos/" + encoded(repository.org()) + "/" + encoded(repository.name());
    }

    /** One step of a path. */
    static String encoded(String step) {
        String safe = URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20");
        // Nothing leads up.
        return safe.chars().allMatch(letter -> letter == '.') ? safe.replace(".", "%2E") : safe;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
