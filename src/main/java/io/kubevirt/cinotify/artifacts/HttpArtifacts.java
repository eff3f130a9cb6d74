// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.artifacts.Artifacts.FetchResult;
import io.kubevirt.cinotify.http.BoundedStream;
import io.kubevirt.cinotify.http.RetryAfter;
import io.kubevirt.cinotify.http.RootCause;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.prow.RunDirectory;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
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
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The files of a run in an object store, read and listed as S3 and Google Cloud Storage do. Blocks; does not follow redirects. */
final class HttpArtifacts implements Artifacts {
    private static final int RANGE_BEYOND_END = 416;
    private static final int MAX_NUMBER_DIGITS = 15;
    /** Limit on the network, before decompression. */
    private static final long MAX_BYTES = 512L << 20;

    /** Of a thousand names each: runs of large clusters leave tens of thousands of files. */
    private static final int MAX_PAGES = 5;

    private static final int MAX_ERROR_BYTES = 8 << 10;
    private static final Set<String> CREDENTIAL_ERRORS = Set.of(
            "AuthorizationHeaderMalformed",
            "ExpiredToken",
            "InvalidAccessKeyId",
            "InvalidSecurity",
            "InvalidToken",
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "TokenRefreshRequired");

    private final HttpClient http;
    private final ObjectStore store;
    private final String directory;
    private final Duration timeout;

    /** The timeout limits the response headers, and again the body. */
    HttpArtifacts(HttpClient http, ObjectStore store, RunDirectory run, Duration timeout) {
        this.http = http;
        this.store = store;
        this.directory = run.path() + "/";
        this.timeout = timeout;
    }

    @Override
    public FetchResult open(String name, long from, long maxBytes) {
        String key = "/" + escaped(directory + name).replace("%2F", "/").replace("..", "%2E%2E");
        return from == 0 && maxBytes == Long.MAX_VALUE
                ? get(key, null)
                : get(key, "bytes=" + from + "-" + (from + maxBytes - 1));
    }

    @Override
    public Optional<Listing> list(String prefix) {
        List<String> names = new ArrayList<>();
        String next = "";
        for (int page = 0; page < MAX_PAGES; page++) {
            String query = "?" + next + "list-type=2&prefix=" + escaped(directory + prefix);
            BucketListing listing;
            try {
                listing = page(query);
            } catch (IOException notAListing) {
                return page == 0 ? Optional.empty() : Optional.of(new Listing(names, false));
            }
            listing.keys().stream()
                    .filter(key -> key.startsWith(directory))
                    .map(key -> key.substring(directory.length()))
                    .forEach(names::add);
            if (!listing.truncated() || listing.next().isEmpty()) {
                return Optional.of(new Listing(names, !listing.truncated()));
            }
            next = "continuation-token=" + escaped(listing.next()) + "&";
        }
        return Optional.of(new Listing(names, false));
    }

    private BucketListing page(String query) throws IOException {
        if (!(get(query, null) instanceof FetchResult.Body(InputStream content, long from, long total))) {
            throw new IOException("no listing");
        }
        try (content) {
            return BucketListing.read(content);
        }
    }

    private FetchResult get(String rest, @Nullable String range) {
        HttpRequest request;
        try {
            request = request(rest, range);
        } catch (IOException e) {
            return unusable(String.valueOf(e.getMessage()));
        }
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            if (range != null && response.statusCode() == HttpURLConnection.HTTP_PARTIAL && isGzip(response)) {
                // A part of the compressed bytes cannot be decompressed.
                discard(response);
                return get(rest, null);
            }
            return toResult(response);
        } catch (IOException e) {
            return new FetchResult.Unreachable(RootCause.describe(e), Duration.ZERO);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new FetchResult.Unreachable("interrupted", Duration.ZERO);
        }
    }

    private HttpRequest request(String rest, @Nullable String range) throws IOException {
        return store.get(rest, range)
                .timeout(timeout)
                .header("User-Agent", "ci-notify")
                .header("Accept-Encoding", range == null ? "gzip" : "identity")
                .build();
    }

    private FetchResult toResult(HttpResponse<InputStream> response) throws IOException {
        int status = response.statusCode();
        if (status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_PARTIAL) {
            store.recordSuccess();
            return body(response);
        }
        boolean isRefusal = status == HttpURLConnection.HTTP_UNAUTHORIZED
                || status == HttpURLConnection.HTTP_FORBIDDEN
                || status == HttpURLConnection.HTTP_BAD_REQUEST;
        if (isRefusal && store.hasCredentials()) {
            String code = errorCode(response);
            if (status == HttpURLConnection.HTTP_UNAUTHORIZED || CREDENTIAL_ERRORS.contains(code)) {
                return unusable("the store refuses the credentials (" + (code.isEmpty() ? status : code)
                        + "): correct the credentials file, region and endpoint");
            }
        } else {
            discard(response);
        }
        return switch (status) {
            case HttpURLConnection.HTTP_NOT_FOUND -> new FetchResult.Missing();
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                new FetchResult.Denied("the store answered " + status, status == HttpURLConnection.HTTP_FORBIDDEN);
            case RANGE_BEYOND_END -> new FetchResult.Body(InputStream.nullInputStream(), 0, 0);
            case 301, 302, 303, 307, 308 -> new FetchResult.Refused("the store redirects to another address");
            default -> unreachable(response);
        };
    }

    /** An operator can correct it, so the artifacts are read later. */
    private FetchResult unusable(String problem) {
        return new FetchResult.Unreachable(store.recordProblem(problem), SecretFile.OPERATOR_RETRY_DELAY);
    }

    /** The code in an error of S3; empty if there is none. */
    private String errorCode(HttpResponse<InputStream> response) throws IOException {
        try (InputStream body = new BoundedStream(response.body(), MAX_BYTES, timeout)) {
            String text = new String(body.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
            int start = text.indexOf("<Code>");
            String code = start < 0 ? "" : between(text.substring(start), "<Code>", "</Code>");
            return code.chars().allMatch(Character::isLetterOrDigit) ? code : "";
        }
    }

    private void discard(HttpResponse<InputStream> response) throws IOException {
        new BoundedStream(response.body(), 0, timeout).close();
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

    /** As RFC 3986, which the signatures of S3 require. Names of repositories on Gerrit and of artifacts may contain anything. */
    private static String escaped(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    /** A page of {@code ListBucketResult}, the listing of a bucket in the S3 API; {@code next} is empty if there is none. */
    record BucketListing(List<String> keys, boolean truncated, String next) {
        private static final long MAX_BYTES = 4L << 20;
        private static final int MAX_KEYS = 1_000;
        private static final Duration TIMEOUT = Duration.ofSeconds(30);

        /** @throws IOException if the content is something else */
        static BucketListing read(InputStream content) throws IOException {
            List<String> keys = new ArrayList<>();
            boolean isListing = false;
            boolean truncated = false;
            String next = "";
            try (BoundedStream bounded = new BoundedStream(content, MAX_BYTES, TIMEOUT)) {
                XMLStreamReader xml = SafeXml.open(bounded);
                while (xml.hasNext()) {
                    if (xml.next() == XMLStreamReader.START_ELEMENT) {
                        switch (xml.getLocalName()) {
                            case "ListBucketResult" -> isListing = true;
                            case "IsTruncated" -> truncated |= Boolean.parseBoolean(xml.getElementText());
                            case "NextContinuationToken" -> next = xml.getElementText();
                            case "Key" -> {
                                if (keys.size() < MAX_KEYS) {
                                    keys.add(xml.getElementText());
                                } else {
                                    truncated = true;
                                }
                            }
                            default -> {}
                        }
                    }
                }
            } catch (XMLStreamException e) {
                throw new IOException("not a bucket listing", e);
            }
            if (!isListing) {
                throw new IOException("not a bucket listing");
            }
            return new BucketListing(keys, truncated, next);
        }
    }
}
