/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
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

    private final AllowedAddresses allowed;

    /** @param allowed what may be believed */
    public RunUrlReader(AllowedAddresses allowed) {
        this.allowed = allowed;
    }

    /** Never throws, whatever the text is. */
    public RunUrlReading read(@Nullable String address) {
        if (address == null || address.isBlank()) {
            return new RunUrlReading.Refused(UrlRefusal.EMPTY);
        }
        try {
            return new RunUrlReading.Found(page(segments(path(address))));
        } catch (Refusal e) {
            return new RunUrlReading.Refused(e.reason);
        }
    }

    private String path(String address) throws Refusal {
        require(address.length() <= MAX_LENGTH, UrlRefusal.TOO_LONG);
        require(address.chars().allMatch(c -> c > ' ' && c < 0x7f), UrlRefusal.CHARACTERS);
        require(address.indexOf('%') < 0 && address.indexOf('\\') < 0, UrlRefusal.ESCAPES);
        require(address.indexOf('?') < 0 && address.indexOf('#') < 0, UrlRefusal.QUERY);
        require(address.startsWith("https://") || address.startsWith("http://"), UrlRefusal.SCHEME);
        int authority = address.indexOf("://") + 3;
        int slash = address.indexOf('/', authority);
        int end = slash < 0 ? address.length() : slash;
        requireAllowed(address.substring(0, authority), address.substring(authority, end));
        return address.substring(end);
    }

    private void requireAllowed(String scheme, String authority) throws Refusal {
        require(authority.indexOf('@') < 0, UrlRefusal.USER_INFO);
        String host = authority.toLowerCase(Locale.ROOT);
        if (allowed.origins().contains(scheme + host)) {
            return;
        }
        String otherScheme = scheme.equals("https://") ? "http://" : "https://";
        require(!allowed.origins().contains(otherScheme + host), UrlRefusal.SCHEME);
        boolean hostIsKnown = allowed.origins().stream()
                .map(origin -> origin.substring(origin.indexOf("://") + 3))
                .map(RunUrlReader::withoutPort)
                .anyMatch(withoutPort(host)::equals);
        throw new Refusal(hostIsKnown ? UrlRefusal.PORT : UrlRefusal.HOST);
    }

    private static String withoutPort(String host) {
        int colon = host.indexOf(':');
        return colon < 0 ? host : host.substring(0, colon);
    }

    private static List<String> segments(String path) throws Refusal {
        List<String> segments = new ArrayList<>(List.of(path.split("/", -1)));
        while (!segments.isEmpty() && segments.getFirst().isEmpty()) {
            segments.removeFirst();
        }
        if (!segments.isEmpty() && segments.getLast().isEmpty()) {
            segments.removeLast();
        }
        require(!segments.contains(".") && !segments.contains(".."), UrlRefusal.DOT_SEGMENT);
        require(segments.stream().allMatch(PathName::isValid), UrlRefusal.LAYOUT);
        return segments;
    }

    private RunUrl page(List<String> segments) throws Refusal {
        boolean isPage = segments.size() > 5 && segments.getFirst().equals("view");
        require(isPage && (segments.get(1).equals("gs") || segments.get(1).equals("gcs")), UrlRefusal.LAYOUT);
        String bucket = segments.get(2);
        require(allowed.buckets().contains(bucket), UrlRefusal.BUCKET);
        List<String> directory = segments.subList(3, segments.size());
        require(PathName.isBuild(directory.getLast()), UrlRefusal.BUILD);
        return RunDirectory.read(bucket, directory).orElseThrow(() -> new Refusal(UrlRefusal.LAYOUT));
    }

    private static void require(boolean condition, UrlRefusal otherwise) throws Refusal {
        if (!condition) {
            throw new Refusal(otherwise);
        }
    }

    /** Ends the reading from within it. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;
        private final UrlRefusal reason;

        Refusal(UrlRefusal reason) {
            super(reason.word(), null, false, false);
            this.reason = reason;
        }
    }
}
