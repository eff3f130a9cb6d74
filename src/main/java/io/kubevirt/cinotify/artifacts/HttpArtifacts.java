// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.http.BoundedStream;
import io.kubevirt.cinotify.http.RootCause;
import io.kubevirt.cinotify.prow.RunUrl;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The files of a run in an object store, under {@code ENDPOINT/BUCKET/DIRECTORY/FILE}: the public address of Google's
 * store, and the path style of those that speak S3. Blocks; follows no redirect.
 */
final class HttpArtifacts implements Artifacts {

    private static final int RANGE_BEYOND_END = 416;

    private final HttpClient http;
    private final String bucket;
    private final String directory;
    private final Duration timeout;

    /**
     * @param endpoint the store, without a slash at its end
     * @param patience how long an answer may take to begin, and again to end
     */
    HttpArtifacts(HttpClient http, String endpoint, RunUrl run, Duration patience) {
        this.http = http;
        this.bucket = endpoint + "/" + run.bucket();
        this.directory = run.directory() + "/";
        this.timeout = patience;
    }

    @Override
    public FetchResult open(String name, long from, long most) {
        HttpRequest.Builder request = request(bucket + "/" + directory + escaped(name));
        if (from == 0 && most == Long.MAX_VALUE) {
            request.header("Accept-Encoding", "gzip");
        } else {
            request.header("Accept-Encoding", "identity").header("Range", "bytes=" + from + "-" + (from + most - 1));
        }
        return send(request.build());
    }

    @Override
    public Optional<List<String>> list(String prefix) {
        String query = "?prefix=" + URLEncoder.encode(directory + prefix, StandardCharsets.UTF_8) + "&delimiter=%2F";
        if (!(send(request(bucket + query).build())
                instanceof FetchResult.Body(InputStream content, long from, long total))) {
            return Optional.empty();
        }
        try (content) {
            return Optional.of(BucketListing.read(content).stream()
                    .filter(key -> key.startsWith(directory))
                    .map(key -> key.substring(directory.length()))
                    .sorted()
                    .toList());
        } catch (IOException notAListing) {
            return Optional.empty();
        }
    }

    private HttpRequest.Builder request(String address) {
        return HttpRequest.newBuilder(URI.create(address)).timeout(timeout).header("User-Agent", "ci-notify");
    }

    private FetchResult send(HttpRequest request) {
        try {
            return toResult(http.send(request, BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            return new FetchResult.Unreachable(RootCause.describe(e), Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new FetchResult.Unreachable("asking was interrupted", Duration.ZERO);
        }
    }

    private FetchResult toResult(HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        if (status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_PARTIAL) {
            return HttpBodyReader.open(response, timeout);
        }
        new BoundedStream(response.body(), 0, timeout).close();
        return switch (status) {
            case HttpURLConnection.HTTP_NOT_FOUND -> new FetchResult.Missing();
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                new FetchResult.Denied("the store answered " + status);
            case RANGE_BEYOND_END -> new FetchResult.Body(InputStream.nullInputStream(), 0, 0);
            case 301, 302, 303, 307, 308 -> new FetchResult.Refused("the store leads elsewhere, where nobody follows");
            default -> unreachable(response);
        };
    }

    private static FetchResult unreachable(HttpResponse<InputStream> response) {
        return new FetchResult.Unreachable(
                "the store answered " + response.statusCode(), HttpBodyReader.retryAfter(response));
    }

    /** The directory has plain names only; names of artifacts come from a listing and may be anything. */
    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("..", "%2E%2E");
    }
}
