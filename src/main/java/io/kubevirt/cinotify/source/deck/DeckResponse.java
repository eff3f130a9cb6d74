// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.deck;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The status and headers of a response of deck. */
record DeckResponse(HttpResponse<InputStream> response) {

    private static final int MAX_PREFIX_BYTES = 100;
    private static final int MAX_RETRY_AFTER_DIGITS = 3;

    /** For conditional requests. */
    record Validators(Optional<String> etag, Optional<String> lastModified) {

        static final Validators NONE = new Validators(Optional.empty(), Optional.empty());
    }

    boolean isNotModified() {
        return response.statusCode() == HttpURLConnection.HTTP_NOT_MODIFIED;
    }

    boolean isOk() {
        return response.statusCode() == HttpURLConnection.HTTP_OK;
    }

    Optional<URI> redirect() {
        return response.statusCode() / 100 == 3 && !isNotModified()
                ? headers().firstValue("Location").flatMap(this::resolve)
                : Optional.empty();
    }

    private Optional<URI> resolve(String location) {
        try {
            return Optional.of(response.uri().resolve(location));
        } catch (IllegalArgumentException invalid) {
            return Optional.empty();
        }
    }

    Validators validators() {
        return new Validators(headers().firstValue("ETag"), headers().firstValue("Last-Modified"));
    }

    /** Only a number of seconds with few digits counts. */
    Duration retryAfter() {
        return headers()
                .firstValue("Retry-After")
                .filter(value -> !value.isEmpty() && value.length() <= MAX_RETRY_AFTER_DIGITS)
                .filter(value -> value.chars().allMatch(c -> c >= '0' && c <= '9'))
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .orElse(Duration.ZERO);
    }

    /** The JSON document, uncompressed and without the prefix of its JavaScript form, {@code var allBuilds = }. */
    InputStream json(InputStream body) throws IOException {
        boolean gzip = headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        PushbackInputStream in = new PushbackInputStream(gzip ? new GZIPInputStream(body) : body);
        for (int skipped = 0; skipped < MAX_PREFIX_BYTES; skipped++) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("empty response");
            }
            if (next == '{') {
                in.unread(next);
                return in;
            }
        }
        throw new IOException("not JSON");
    }

    private HttpHeaders headers() {
        return response.headers();
    }
}
