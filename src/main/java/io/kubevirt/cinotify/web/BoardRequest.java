// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.web.api.RequestProblem;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A request to the board.
 *
 * @param path below the base path, as it was sent
 * @param rawQuery its parameters, as they were sent; empty for none
 * @param query its parameters, in order
 */
record BoardRequest(String path, String rawQuery, Map<String, List<String>> query, Viewer viewer) {
    static BoardRequest of(String path, HttpServerRequest request, Viewer viewer) throws RequestProblem {
        String query = Objects.requireNonNullElse(request.query(), "");
        return new BoardRequest(path, query, decoded(query), viewer);
    }

    /** Below the base path, with its parameters. */
    String address() {
        return rawQuery.isEmpty() ? path : path + "?" + rawQuery;
    }

    /** The values of a query or a form by name. */
    static Map<String, List<String>> decoded(String text) throws RequestProblem {
        try {
            return new TreeMap<>(new QueryStringDecoder(text, false).parameters());
        } catch (IllegalArgumentException e) {
            throw RequestProblem.badRequest(
                    "a % without two hexadecimal digits cannot be decoded", "write %25 for a percent sign");
        }
    }

    /** The parts of the path. */
    List<String> segments() {
        return List.of(path.substring(1).split("/", -1));
    }
}
