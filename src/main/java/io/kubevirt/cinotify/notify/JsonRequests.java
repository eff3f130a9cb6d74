// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.BoundedHttpClient.RequestFailedException;
import io.kubevirt.cinotify.http.HttpResult;
import io.kubevirt.cinotify.http.SecretFile;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests with JSON in both directions; a request without a complete response becomes a result. */
public record JsonRequests(BoundedHttpClient client) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The response, whatever its status. */
    public HttpResult send(String method, URI url, Map<String, String> headers, @Nullable JsonNode body)
            throws SendException {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("User-Agent", "ci-notify")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        try {
            return client.send(request.build());
        } catch (RequestFailedException e) {
            throw SendException.of(e);
        }
    }

    /** The object of a response; null if the body is something else, such as the page of a login. */
    public static @Nullable JsonNode object(HttpResult answer) {
        try {
            JsonNode body = JSON.readTree(answer.body());
            return body.isObject() ? body : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    /** An operator must fix something first. */
    public static SendResult operatorMustFix(SendResult.Scope scope, String reason) {
        return new SendResult.RetryLater(SecretFile.OPERATOR_RETRY_DELAY, scope, reason);
    }
}
