// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.Repository;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param method GET, POST, PATCH, PUT or DELETE
 * @param path below the endpoint, with query, encoded
 * @param body null for none
 * @param org whose installation and rate limit it uses; empty for none
 * @param etag of a known version; null for none
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

    static GitHubRequest idempotentWrite(String method, String org, String path, @Nullable JsonNode body) {
        return new GitHubRequest(method, path, body, org, true, null);
    }

    /** A write that creates something each time. */
    static GitHubRequest create(String org, String path, JsonNode body) {
        return new GitHubRequest("POST", path, body, org, false, null);
    }

    /** The same request for another path. */
    GitHubRequest at(String moved) {
        return new GitHubRequest(method, moved, body, org, idempotent, etag);
    }

    /** With an ETag; null for none. */
    GitHubRequest ifNoneMatch(@Nullable String known) {
        return new GitHubRequest(method, path, body, org, idempotent, known);
    }

    boolean isRead() {
        return method.equals("GET");
    }

    /** The path of a repository, without a trailing slash. */
    static String path(Repository repository) {
        return "/repos/" + encoded(repository.org()) + "/" + encoded(repository.name());
    }

    /** One encoded segment of a path. */
    static String encoded(String step) {
        String safe = URLEncoder.encode(step, StandardCharsets.UTF_8).replace("+", "%20");
        // No segment may be a parent directory.
        return safe.chars().allMatch(character -> character == '.') ? safe.replace(".", "%2E") : safe;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
