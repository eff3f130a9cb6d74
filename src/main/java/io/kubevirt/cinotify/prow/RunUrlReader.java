// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses of runs: a status's {@code target_url}, a ProwJob's {@code status.url}, a link that a person gives.
 *
 * <p>They are not trusted. The rules are stricter than those for addresses in general, because Prow writes only a small part
 * of what is possible: {@code <origin>/view/gs/<bucket>/<directory>}, at times with a slash more at the end (undecorated
 * jobs) or before {@code view}, and formerly {@code gcs} for {@code gs}.
 */
public final class RunUrlReader {

    private static final int MAX_LENGTH = 1_000;

    private final TrustedHosts trustedHosts;

    /** @param allowed what may be believed */
    public RunUrlReader(TrustedHosts allowed) {
        this.trustedHosts = allowed;
    }

    /** Never throws, whatever the text is. */
    public RunUrlParseResult read(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return new RunUrlParseResult.Rejected(RunUrlRejection.EMPTY);
        }
        try {
            return new RunUrlParseResult.Found(page(segments(path(address))));
        } catch (RejectedException e) {
            return new RunUrlParseResult.Rejected(e.reason);
        }
    }

    private String path(String address) throws RejectedException {
        require(address.length() <= MAX_LENGTH, RunUrlRejection.TOO_LONG);
        require(address.chars().allMatch(c -> c > ' ' && c < 0x7f), RunUrlRejection.CHARACTERS);
        require(address.indexOf('%') < 0 && address.indexOf('\\') < 0, RunUrlRejection.ESCAPES);
        require(address.indexOf('?') < 0 && address.indexOf('#') < 0, RunUrlRejection.QUERY);
        require(address.startsWith("https://") || address.startsWith("http://"), RunUrlRejection.SCHEME);
        int authority = address.indexOf("://") + 3;
        int slash = address.indexOf('/', authority);
        int end = slash < 0 ? address.length() : slash;
        requireTrusted(address.substring(0, authority), address.substring(authority, end));
        return address.substring(end);
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
        return RunDirectory.read(bucket, directory).orElseThrow(() -> new RejectedException(RunUrlRejection.LAYOUT));
    }

    private static void require(boolean condition, RunUrlRejection otherwise) throws RejectedException {
        if (!condition) {
            throw new RejectedException(otherwise);
        }
    }

    /** Ends the reading from within it. */
    private static final class RejectedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final RunUrlRejection reason;

        RejectedException(RunUrlRejection reason) {
            super(reason.value(), null, false, false);
            this.reason = reason;
        }
    }
}
