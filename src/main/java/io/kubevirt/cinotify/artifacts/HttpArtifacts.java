// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.artifacts.Artifacts.FetchResult;
import io.kubevirt.cinotify.http.BoundedStream;
import io.kubevirt.cinotify.http.RetryAfter;
import io.kubevirt.cinotify.http.RootCause;
import io.kubevirt.cinotify.prow.RunDirectory;
import java.io.EOFException;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The files of a run in an object store at {@code ENDPOINT/BUCKET/DIRECTORY/FILE}: the public endpoint of Google Cloud
 * Storage, or the path style of S3. Blocks; does not follow redirects.
 */
final class HttpArtifacts implements Artifacts {
    private static final int RANGE_BEYOND_END = 416;
    private static final int MAX_NUMBER_DIGITS = 15;
    /** Limit on the network, before decompression. */
    private static final long MAX_BYTES = 512L << 20;

    private final HttpClient http;
    private final String bucket;
    private final String directory;
    private final Duration timeout;

    /** The timeout limits the response headers, and again the body. */
    HttpArtifacts(HttpClient http, String endpoint, RunDirectory run, Duration timeout) {
        this.http = http;
        this.bucket = endpoint + "/" + run.bucket().name();
        this.directory = run.path() + "/";
        this.timeout = timeout;
    }

    @Override
    public FetchResult open(String name, long from, long maxBytes) {
        String address = bucket + "/" + escaped(directory + name);
        HttpRequest whole = request(address).header("Accept-Encoding", "gzip").build();
        return from == 0 && maxBytes == Long.MAX_VALUE
                ? send(whole, whole)
                : send(
                        request(address)
                                .header("Accept-Encoding", "identity")
                                .header("Range", "bytes=" + from + "-" + (from + maxBytes - 1))
                                .build(),
                        whole);
    }

    @Override
    public Optional<List<String>> list(String prefix) {
        String query = "?prefix=" + URLEncoder.encode(directory + prefix, StandardCharsets.UTF_8) + "&delimiter=%2F";
        HttpRequest request = request(bucket + query).build();
        if (!(send(request, request)
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

    /** Sends {@code whole} as well if the answer is a part of compressed bytes, which cannot be decompressed. */
    private FetchResult send(HttpRequest request, HttpRequest whole) {
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            if (response.statusCode() == HttpURLConnection.HTTP_PARTIAL && isGzip(response)) {
                new BoundedStream(response.body(), 0, timeout).close();
                response = http.send(whole, BodyHandlers.ofInputStream());
            }
            return toResult(response);
        } catch (IOException e) {
            return new FetchResult.Unreachable(RootCause.describe(e), Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new FetchResult.Unreachable("interrupted", Duration.ZERO);
        }
    }

    private FetchResult toResult(HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        if (status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_PARTIAL) {
            return body(response);
        }
        new BoundedStream(response.body(), 0, timeout).close();
        return switch (status) {
            case HttpURLConnection.HTTP_NOT_FOUND -> new FetchResult.Missing();
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                new FetchResult.Denied("the store answered " + status, status == HttpURLConnection.HTTP_FORBIDDEN);
            case RANGE_BEYOND_END -> new FetchResult.Body(InputStream.nullInputStream(), 0, 0);
            case 301, 302, 303, 307, 308 -> new FetchResult.Refused("the store redirects to another address");
            default -> unreachable(response);
        };
    }

    private static boolean isGzip(HttpResponse<InputStream> response) {
        return response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
    }

    private static FetchResult unreachable(HttpResponse<InputStream> response) {
        return new FetchResult.Unreachable(
                "the store answered " + response.statusCode(),
                RetryAfter.parse(response.headers().allValues("Retry-After")));
    }

    private FetchResult body(HttpResponse<InputStream> response) throws IOException {
        InputStream bytes = new BoundedStream(response.body(), MAX_BYTES, timeout);
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        boolean gzip = isGzip(response);
        if (!gzip && !encoding.equals("identity")) {
            bytes.close();
            return new FetchResult.Refused("unsupported Content-Encoding \"" + encoding + "\"");
        }
        boolean partial = response.statusCode() == HttpURLConnection.HTTP_PARTIAL;
        String range = response.headers().firstValue("Content-Range").orElse("");
        long from = partial ? number(between(range, "bytes ", "-"), 0) : 0;
        long length = gzip
                ? -1
                : number(response.headers().firstValue("Content-Length").orElse(""), -1);
        long total = partial ? number(range.substring(range.lastIndexOf('/') + 1), -1) : length;
        try {
            return new FetchResult.Body(gzip ? new GZIPInputStream(bytes) : bytes, from, total);
        } catch (ZipException | EOFException e) {
            bytes.close();
            return new FetchResult.Refused("Content-Encoding is gzip, but the content is not");
        }
    }

    private static String between(String text, String before, String after) {
        int end = text.indexOf(after);
        return text.startsWith(before) && end > 0 ? text.substring(before.length(), end) : "";
    }

    private static long number(String text, long defaultValue) {
        boolean isNumber = !text.isEmpty()
                && text.length() <= MAX_NUMBER_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(text) : defaultValue;
    }

    /** Names of repositories on Gerrit and of artifacts may contain anything. */
    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/")
                .replace("..", "%2E%2E");
    }

    /** Parses {@code ListBucketResult}, the listing of a bucket in the S3 API. */
    static final class BucketListing {
        private static final long MAX_BYTES = 4L << 20;
        private static final int MAX_KEYS = 1_000;
        private static final Duration TIMEOUT = Duration.ofSeconds(30);

        private BucketListing() {}

        /** @throws IOException if the content is something else */
        static List<String> read(InputStream content) throws IOException {
            List<String> keys = new ArrayList<>();
            boolean isListing = false;
            try (BoundedStream bounded = new BoundedStream(content, MAX_BYTES, TIMEOUT)) {
                XMLStreamReader xml = SafeXml.open(bounded);
                while (xml.hasNext() && keys.size() < MAX_KEYS) {
                    int event = xml.next();
                    if (event == XMLStreamReader.START_ELEMENT) {
                        isListing = isListing || xml.getLocalName().equals("ListBucketResult");
                        if (xml.getLocalName().equals("Key")) {
                            keys.add(xml.getElementText());
                        }
                    }
                }
            } catch (XMLStreamException e) {
                throw new IOException("not a bucket listing", e);
            }
            if (!isListing) {
                throw new IOException("not a bucket listing");
            }
            return keys;
        }
    }
}
