// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.http.RootCause;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.http.Secrets;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * The file {@code service-account.json} of Prow's {@code s3_credentials_secret} (prow-addresses §3.4). A class instead of
 * a record: a record would print the key.
 */
final class S3Credentials {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final JsonNode content;

    private S3Credentials(JsonNode content) {
        this.content = content;
    }

    /** @throws IOException if the file cannot be used; the message is for the operator */
    static S3Credentials read(SecretFile file) throws IOException {
        try {
            JsonNode content = JSON.readTree(file.read());
            if (!content.path("access_key").asText().isEmpty()
                    && !content.path("secret_key").asText().isEmpty()) {
                return new S3Credentials(content);
            }
        } catch (JsonProcessingException e) {
            throw new IOException(
                    file.path() + " is " + RootCause.describe(e)
                            + ": mount service-account.json of Prow's s3_credentials_secret",
                    e);
        }
        throw new IOException(file.path() + " has no access_key and secret_key: add them");
    }

    AwsCredentialsIdentity identity() {
        String key = content.path("access_key").asText();
        String secret = Secrets.add(content.path("secret_key").asText());
        String token = text("session_token");
        if (token != null) {
            Secrets.add(token);
        }
        return token == null
                ? AwsCredentialsIdentity.create(key, secret)
                : AwsSessionCredentialsIdentity.create(key, secret, token);
    }

    @Nullable String region() {
        return text("region");
    }

    /** With a scheme, which the file may leave to {@code insecure}. */
    @Nullable String endpoint() {
        String endpoint = text("endpoint");
        return endpoint == null || endpoint.contains("://")
                ? endpoint
                : (content.path("insecure").asBoolean() ? "http://" : "https://") + endpoint;
    }

    boolean pathStyle() {
        return content.path("s3_force_path_style").asBoolean();
    }

    private @Nullable String text(String key) {
        String value = content.path(key).asText();
        return value.isEmpty() ? null : value;
    }
}
