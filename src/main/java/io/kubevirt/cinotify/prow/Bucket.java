// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.List;
import java.util.stream.Stream;

/**
 * A bucket as Prow writes it: {@code name}, {@code gs://name/path}, {@code s3://name}. Without a scheme it is one of
 * Google Cloud Storage. The path has neither a leading nor a trailing slash and is empty for the whole bucket.
 */
public record Bucket(String provider, String name, String path) implements Comparable<Bucket> {
    public static final String GS = "gs";
    public static final String S3 = "s3";

    /** @throws IllegalArgumentException if a part is invalid, with a message for the operator */
    public Bucket {
        path = String.join("/", segments(path));
        boolean valid = isProvider(provider)
                && PathName.isValid(name)
                && segments(path).stream().allMatch(PathName::isSegment);
        if (!valid) {
            throw new IllegalArgumentException("not a bucket: " + provider + "://" + name + "/" + path);
        }
    }

    /** @throws IllegalArgumentException if the setting is invalid, with a message for the operator */
    public static Bucket parse(String setting) {
        int scheme = setting.indexOf("://");
        String rest = scheme < 0 ? setting : setting.substring(scheme + 3);
        int slash = rest.indexOf('/');
        try {
            return new Bucket(
                    scheme < 0 ? GS : setting.substring(0, scheme),
                    slash < 0 ? rest : rest.substring(0, slash),
                    slash < 0 ? "" : rest.substring(slash + 1));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + setting
                            + "\" is not a bucket: write it as name, gs://name or s3://name, optionally with /path",
                    e);
        }
    }

    private static boolean isProvider(String scheme) {
        return !scheme.isEmpty() && scheme.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
    }

    /** The parts of a path without the empty ones. */
    static List<String> segments(String path) {
        return Stream.of(path.split("/")).filter(part -> !part.isEmpty()).toList();
    }

    /** Whether a directory of this bucket, or of the whole bucket, is in the part that this setting means. */
    boolean covers(RunDirectory directory) {
        return directory.bucket().provider().equals(provider)
                && directory.bucket().name().equals(name)
                && (path.isEmpty() || directory.path().startsWith(path + "/"));
    }

    /** The bucket without the path. */
    public Bucket whole() {
        return path.isEmpty() ? this : new Bucket(provider, name, "");
    }

    @Override
    public int compareTo(Bucket other) {
        return toString().compareTo(other.toString());
    }

    /** With the scheme: {@code gs://name/path}. */
    @Override
    public String toString() {
        return provider + "://" + name + (path.isEmpty() ? "" : "/" + path);
    }
}
