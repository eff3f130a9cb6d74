// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.web.api.ReadContext;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import java.util.List;

/**
 * A route of the API that reads.
 *
 * @param path below /api/v1; {@code {id}} stands for one part
 * @param item the type of the answer, or of the items of its page
 * @param paged whether the answer is a page
 */
record Endpoint(String path, String summary, List<String> parameters, Class<?> item, boolean paged, Read read) {
    Endpoint {
        parameters = List.copyOf(parameters);
    }

    /** Reads the answer from one snapshot of the store. */
    @FunctionalInterface
    interface Read {
        /** @param id the variable part of the path; empty if it has none */
        Object from(ReadContext context, String id, RequestParameters parameters) throws RequestProblem;
    }

    /** Whether the parts of a path are those of this route. */
    boolean matches(List<String> segments) {
        List<String> own = List.of(path.substring(1).split("/"));
        if (own.size() != segments.size()) {
            return false;
        }
        for (int index = 0; index < own.size(); index++) {
            if (!own.get(index).equals("{id}") && !own.get(index).equals(segments.get(index))) {
                return false;
            }
        }
        return true;
    }

    /** The part of a path that stands for {@code {id}}. */
    String id(List<String> segments) {
        int index = List.of(path.substring(1).split("/")).indexOf("{id}");
        return index < 0 ? "" : segments.get(index);
    }
}
