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
 * @param effect of carrying it out again, or late
 * @param etag of a known version; null for none
 * @param beforeWrite called immediately before it is sent, each time, if it writes
 */
record GitHubRequest(
        String method,
        String path,
        @Nullable JsonNode body,
        String org,
        Effect effect,
        @Nullable String etag,
        Runnable beforeWrite) {
    /** What happens if a request is carried out again, or after a later one. */
    enum Effect {
        /** Nothing: a read, a label, a reaction. */
        NONE,
        /** It overwrites a newer state. */
        OVERWRITES,
        /** It creates something again. */
        CREATES
    }

    static GitHubRequest get(String org, String path) {
        return new GitHubRequest("GET", path, null, org, Effect.NONE, null, () -> {});
    }

    static GitHubRequest write(String method, String org, String path, JsonNode body, Effect effect) {
        return new GitHubRequest(method, path, body, org, effect, null, () -> {});
    }

    GitHubRequest guardedBy(Runnable guard) {
        return new GitHubRequest(method, path, body, org, effect, etag, guard);
    }

    /** For the log, which everybody may read: {@code POST /repos/…/issues/…/labels}. */
    String withoutNames() {
        return method + " "
                + path.replaceFirst("^/repos/[^/]+/[^/?]+", "/repos/…").replaceAll("/[0-9]+", "/…");
    }

    /** What a lost response means. */
    GitHubException.Kind lost() {
        return effect == Effect.NONE ? GitHubException.Kind.RETRY_LATER : GitHubException.Kind.OUTCOME_UNKNOWN;
    }

    /** The search has a rate limit of its own. */
    boolean isSearch() {
        return path.startsWith("/search/");
    }

    /** The same request for another path. */
    GitHubRequest at(String moved) {
        return new GitHubRequest(method, moved, body, org, effect, etag, beforeWrite);
    }

    /** With an ETag; null for none. */
    GitHubRequest ifNoneMatch(@Nullable String known) {
        return new GitHubRequest(method, path, body, org, effect, known, beforeWrite);
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
