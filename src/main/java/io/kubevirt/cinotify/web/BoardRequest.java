// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request to the board.
 *
 * @param path below the base path, as it was sent
 * @param query its parameters, in order
 */
record BoardRequest(String path, Map<String, List<String>> query, Viewer viewer) {
    static BoardRequest of(String path, HttpServerRequest request, Viewer viewer) {
        Map<String, List<String>> query = new TreeMap<>();
        request.params()
                .names()
                .forEach(name -> query.put(name, request.params().getAll(name)));
        return new BoardRequest(path, query, viewer);
    }

    /** The parts of the path. */
    List<String> segments() {
        return List.of(path.substring(1).split("/", -1));
    }
}
