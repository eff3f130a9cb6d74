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
 * @param query its parameters, in order
 */
record BoardRequest(String path, Map<String, List<String>> query, Viewer viewer) {
    static BoardRequest of(String path, HttpServerRequest request, Viewer viewer) throws RequestProblem {
        return new BoardRequest(path, decoded(Objects.requireNonNullElse(request.query(), "")), viewer);
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
