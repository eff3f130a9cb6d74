// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.google.auth.oauth2.ComputeEngineCredentials;
import com.google.auth.oauth2.GoogleCredentials;
import io.kubevirt.cinotify.http.RootCause;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.http.Secrets;
import io.kubevirt.cinotify.prow.Bucket;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bucket of Google Cloud Storage that needs an access token. Google's library gets and renews it. */
final class GoogleStore extends ObjectStore {
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_only";
    private final String address;
    private final @Nullable SecretFile file;
    private @Nullable Loaded loaded;

    /** @param file null for the identity of the pod */
    GoogleStore(ObjectStoreEndpoint endpoint, Bucket bucket, @Nullable SecretFile file) {
        super(bucket);
        this.address = endpoint.url() + "/" + bucket.name();
        this.file = file;
    }

    /** Not a record: it would print the key. */
    private static final class Loaded {
        final String content;
        final GoogleCredentials credentials;

        Loaded(String content, GoogleCredentials credentials) {
            this.content = content;
            this.credentials = credentials;
        }
    }

    @Override
    HttpRequest.Builder get(String rest, @Nullable String range) throws IOException {
        URI target = URI.create(address + rest);
        HttpRequest.Builder request = get(target, range);
        tokens(target).forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request;
    }

    @Override
    void requireCredentials() throws IOException {
        if (file != null) {
            parse(file.read());
        }
    }

    @Override
    boolean hasCredentials() {
        return true;
    }

    private Map<String, List<String>> tokens(URI target) throws IOException {
        GoogleCredentials credentials = credentials();
        try {
            Map<String, List<String>> tokens = credentials.getRequestMetadata(target);
            tokens.values().forEach(values -> values.forEach(value -> Secrets.add(value.replaceFirst("^Bearer ", ""))));
            return tokens;
        } catch (IOException e) {
            throw new IOException(
                    "Google gives no access token for " + source() + " (" + RootCause.describe(e)
                            + "): check the credentials and their permissions",
                    e);
        }
    }

    private synchronized GoogleCredentials credentials() throws IOException {
        String content = file == null ? "" : file.read();
        if (loaded == null || !loaded.content.equals(content)) {
            loaded = new Loaded(
                    content,
                    (file == null ? ComputeEngineCredentials.create() : parse(content)).createScoped(List.of(SCOPE)));
        }
        return loaded.credentials;
    }

    private GoogleCredentials parse(String content) throws IOException {
        try {
            return GoogleCredentials.fromStream(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException e) {
            // The message of the parser may quote the file.
            throw new IOException(
                    source() + " is not a file with Google credentials: mount the JSON key of a service account", e);
        }
    }

    private String source() {
        return file == null ? "the identity of the pod" : file.path().toString();
    }
}
