// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.kubevirt.cinotify.http.Secrets;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Optional;

/** A response. */
record GitHubResponse(int status, HttpHeaders headers, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** @throws IOException if it is not JSON */
    JsonNode json() throws IOException {
        return body.length == 0 ? MissingNode.getInstance() : JSON.readTree(body);
    }

    /** GitHub's error message with details; empty if there is none. */
    String errorMessage() {
        try {
            JsonNode answer = json();
            StringBuilder words = new StringBuilder(answer.path("message").asText(""));
            for (JsonNode error : answer.path("errors")) {
                String detail = error.isTextual()
                        ? error.asText()
                        : error.path("message").asText("");
                String field = error.path("field").asText("");
                words.append(detail.isEmpty() && field.isEmpty() ? "" : " (" + (field + " " + detail).strip() + ")");
            }
            String text = Secrets.censor(words.toString());
            return text.length() > 300 ? text.substring(0, 300) + "…" : text;
        } catch (IOException e) {
            return "";
        }
    }

    Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    Optional<Long> number(String header) {
        return header(header).map(String::strip).flatMap(value -> {
            try {
                return Optional.of(Long.parseLong(value));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        });
    }
}
