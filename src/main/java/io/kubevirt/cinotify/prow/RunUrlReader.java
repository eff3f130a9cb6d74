// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.prow.RunUrlParseResult.RunUrlRejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses URLs of runs: {@code target_url} of a status, {@code status.url} of a ProwJob, a link given by a user.
 *
 * <p>The URLs are untrusted. The rules are stricter than those for URLs in general, because Prow writes only {@code
 * <origin>/view/gs/<bucket>/<directory>}, sometimes with an extra slash at the end (undecorated jobs) or before {@code
 * view}, and formerly {@code gcs} for {@code gs}.
 */
public final class RunUrlReader {
    private static final int MAX_LENGTH = 1_000;

    private final TrustedHosts trustedHosts;

    public RunUrlReader(TrustedHosts trustedHosts) {
        this.trustedHosts = trustedHosts;
    }

    /** Never throws, whatever the text is. */
    public RunUrlParseResult read(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return new RunUrlParseResult.Rejected(RunUrlRejection.EMPTY);
        }
        try {
            return new RunUrlParseResult.Found(page(segments(path(url))));
        } catch (RejectedException e) {
            return new RunUrlParseResult.Rejected(e.reason);
        }
    }

    private String path(String url) throws RejectedException {
        require(url.length() <= MAX_LENGTH, RunUrlRejection.TOO_LONG);
        require(url.chars().allMatch(c -> c > ' ' && c < 0x7f), RunUrlRejection.CHARACTERS);
        require(url.indexOf('%') < 0 && url.indexOf('\\') < 0, RunUrlRejection.ESCAPES);
        require(url.indexOf('?') < 0 && url.indexOf('#') < 0, RunUrlRejection.QUERY);
        require(url.startsWith("https://") || url.startsWith("http://"), RunUrlRejection.SCHEME);
        int authority = url.indexOf("://") + 3;
        int slash = url.indexOf('/', authority);
        int end = slash < 0 ? url.length() : slash;
        requireTrusted(url.substring(0, authority), url.substring(authority, end));
        return url.substring(end);
    }

    private void requireTrusted(String scheme, String authority) throws RejectedException {
        require(authority.indexOf('@') < 0, RunUrlRejection.USER_INFO);
        String host = authority.toLowerCase(Locale.ROOT);
        if (trustedHosts.origins().contains(scheme + host)) {
            return;
        }
        String otherScheme = scheme.equals("https://") ? "http://" : "https://";
        require(!trustedHosts.origins().contains(otherScheme + host), RunUrlRejection.SCHEME);
        boolean hostIsKnown = trustedHosts.origins().stream()
                .map(origin -> origin.substring(origin.indexOf("://") + 3))
                .map(RunUrlReader::withoutPort)
                .anyMatch(withoutPort(host)::equals);
        throw new RejectedException(hostIsKnown ? RunUrlRejection.PORT : RunUrlRejection.HOST);
    }

    private static String withoutPort(String host) {
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static List<String> segments(String path) throws RejectedException {
        List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
        while (!segments.isEmpty() && segments.getFirst().isEmpty()) {
            segments.removeFirst();
        }
        if (!segments.isEmpty() && segments.getLast().isEmpty()) {
            segments.removeLast();
        }
        require(!segments.contains(".") && !segments.contains(".."), RunUrlRejection.DOT_SEGMENT);
        require(segments.stream().allMatch(PathName::isValid), RunUrlRejection.LAYOUT);
        return segments;
    }

    private RunUrl page(List<String> segments) throws RejectedException {
        boolean isPage = segments.size() > 5 && segments.getFirst().equals("view");
        require(isPage && (segments.get(1).equals("gs") || segments.get(1).equals("gcs")), RunUrlRejection.LAYOUT);
        String bucket = segments.get(2);
        require(trustedHosts.buckets().contains(bucket), RunUrlRejection.BUCKET);
        List<String> directory = segments.subList(3, segments.size());
        require(PathName.isBuild(directory.getLast()), RunUrlRejection.BUILD);
        return RunUrl.ofDirectory(bucket, directory).orElseThrow(() -> new RejectedException(RunUrlRejection.LAYOUT));
    }

    private static void require(boolean condition, RunUrlRejection otherwise) throws RejectedException {
        if (!condition) {
            throw new RejectedException(otherwise);
        }
    }

    private static final class RejectedException extends Exception {
        private final RunUrlRejection reason;

        RejectedException(RunUrlRejection reason) {
            super(reason.value(), null, false, false);
            this.reason = reason;
        }
    }
}
