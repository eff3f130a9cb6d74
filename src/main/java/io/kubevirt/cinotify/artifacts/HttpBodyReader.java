// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.http.BoundedStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** Reads the headers that say what a body is. Whatever they claim, the bounds of the reader hold. */
final class HttpBodyReader {

    private static final int MAX_NUMBER_DIGITS = 15;
    private static final int MAX_RETRY_AFTER_DIGITS = 4;

    /** More never passes the line for one file, zipped or not. */
    private static final long MAX_BYTES = 512L << 20;

    private HttpBodyReader() {}

    static FetchResult open(HttpResponse<InputStream> response, Duration patience) throws IOException {
        InputStream bytes = new BoundedStream(response.body(), MAX_BYTES, patience);
        String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
        boolean zipped = encoding.equals("gzip");
        if (!zipped && !encoding.equals("identity")) {
            bytes.close();
            return new FetchResult.Refused("the store sends it in the encoding \"" + encoding + "\"");
        }
        boolean part = response.statusCode() == HttpURLConnection.HTTP_PARTIAL;
        String range = response.headers().firstValue("Content-Range").orElse("");
        long from = part ? number(between(range, "bytes ", "-"), 0) : 0;
        long length = zipped
                ? -1
                : number(response.headers().firstValue("Content-Length").orElse(""), -1);
        long total = part ? number(range.substring(range.lastIndexOf('/') + 1), -1) : length;
        try {
            return new FetchResult.Body(zipped ? new GZIPInputStream(bytes) : bytes, from, total);
        } catch (ZipException | EOFException e) {
            bytes.close();
            return new FetchResult.Refused("it is not zipped, as the store says it is");
        }
    }

    /** Only whole seconds of a sensible number are heeded. */
    static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.length() <= MAX_RETRY_AFTER_DIGITS)
                .map(seconds -> Duration.ofSeconds(number(seconds, 0)))
                .orElse(Duration.ZERO);
    }

    private static String between(String text, String before, String after) {
        int end = text.indexOf(after);
        return text.startsWith(before) && end > 0 ? text.substring(before.length(), end) : "";
    }

    private static long number(String text, long otherwise) {
        boolean isNumber = !text.isEmpty()
                && text.length() <= MAX_NUMBER_DIGITS
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Long.parseLong(text) : otherwise;
    }
}
