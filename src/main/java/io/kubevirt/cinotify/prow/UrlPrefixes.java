// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code plank.job_url_prefix_config}: what the URLs of pages of runs begin with, by org/repo, org or *.
 *
 * @param appendsProvider whether {@code gs} or {@code s3} follows the prefix
 */
public record UrlPrefixes(Map<String, String> byRepository, boolean appendsProvider) {
    public static final UrlPrefixes NONE = new UrlPrefixes(Map.of(), true);

    public UrlPrefixes {
        byRepository = Map.copyOf(byRepository);
    }

    /** The page of a run as Prow's {@code pjutil.JobURL} writes it; empty if no prefix is configured for it. */
    public Optional<String> page(GcsConfiguration gcs, @Nullable Repository repository, RunDirectory directory) {
        return Optional.ofNullable(gcs.jobUrlPrefix())
                .or(() -> ProwSettings.ofRepository(byRepository, repository))
                .map(prefix -> Prefix.parse(prefix).page(directory, appendsProvider));
    }

    /**
     * A prefix in parts.
     *
     * @param origin scheme and host; empty if there is no scheme, where the host is the first segment
     * @param segments of the path, decoded
     * @param suffix query and fragment, which Prow keeps at the end of each URL
     */
    record Prefix(String origin, List<String> segments, String suffix) {
        /** @throws IllegalArgumentException if an escape is invalid or a segment leads to another directory */
        static Prefix parse(String text) {
            int end = indexOfAny(text, "?#");
            int scheme = text.indexOf("://");
            int path = scheme < 0 ? 0 : text.indexOf('/', scheme + 3);
            int pathStart = path < 0 || path > end ? end : path;
            List<String> segments = new ArrayList<>();
            for (String part :
                    PercentEncoding.decode(text.substring(pathStart, end)).split("/")) {
                if (part.equals("..") && !segments.isEmpty()) {
                    segments.removeLast();
                } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                    segments.add(part);
                }
            }
            return new Prefix(text.substring(0, pathStart), List.copyOf(segments), text.substring(end));
        }

        static String withoutSuffix(String url) {
            return url.substring(0, indexOfAny(url, "?#"));
        }

        private static int indexOfAny(String text, String characters) {
            int index = 0;
            while (index < text.length() && characters.indexOf(text.charAt(index)) < 0) {
                index++;
            }
            return index;
        }

        /** Scheme and host, which are https and the first segment if there is no scheme. */
        String host() {
            return origin.isEmpty() && !segments.isEmpty() ? "https://" + segments.getFirst() : origin;
        }

        /** The segments below the host. */
        List<String> path() {
            return origin.isEmpty() && !segments.isEmpty() ? segments.subList(1, segments.size()) : segments;
        }

        private String page(RunDirectory directory, boolean appendsProvider) {
            List<String> parts = new ArrayList<>(segments);
            if (appendsProvider) {
                parts.add(directory.bucket().provider());
            }
            parts.add(directory.bucket().name());
            parts.addAll(Bucket.segments(directory.path()));
            String path = PercentEncoding.encode(String.join("/", parts));
            return (origin.isEmpty() ? path : origin + "/" + path) + suffix;
        }
    }

    /** Escapes of paths as Go writes and reads them. */
    static final class PercentEncoding {
        private static final String UNESCAPED = "$&+,-./:;=@_~";

        private PercentEncoding() {}

        static String encode(String path) {
            StringBuilder encoded = new StringBuilder();
            for (byte value : path.getBytes(StandardCharsets.UTF_8)) {
                int unit = value & 0xff;
                boolean plain = unit >= '0' && unit <= '9'
                        || unit >= 'a' && unit <= 'z'
                        || unit >= 'A' && unit <= 'Z'
                        || UNESCAPED.indexOf(unit) >= 0;
                encoded.append(plain ? String.valueOf((char) unit) : "%%%02X".formatted(unit));
            }
            return encoded.toString();
        }

        /** Decodes once; a plus sign is no blank. @throws IllegalArgumentException if an escape is invalid */
        static String decode(String path) {
            byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
            byte[] decoded = new byte[bytes.length];
            int length = 0;
            for (int index = 0; index < bytes.length; index++) {
                if (bytes[index] == '%') {
                    int high = index + 2 < bytes.length ? Character.digit(bytes[index + 1], 16) : -1;
                    int low = index + 2 < bytes.length ? Character.digit(bytes[index + 2], 16) : -1;
                    if (high < 0 || low < 0) {
                        throw new IllegalArgumentException("an invalid escape in " + path);
                    }
                    decoded[length++] = (byte) (high * 16 + low);
                    index += 2;
                } else {
                    decoded[length++] = bytes[index];
                }
            }
            return new String(decoded, 0, length, StandardCharsets.UTF_8);
        }
    }
}
