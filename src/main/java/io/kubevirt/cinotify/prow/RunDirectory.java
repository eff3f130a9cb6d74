// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

/**
 * Where the artifacts of a run are: a whole bucket, and the path in it without leading and trailing slash. The path may
 * contain characters that need escaping in a URL, but leads to no other directory.
 */
public record RunDirectory(Bucket bucket, String path) {
    /** @throws IllegalArgumentException if the path is empty, or leads to another directory */
    public RunDirectory {
        path = String.join("/", Bucket.segments(bucket.path() + "/" + path));
        bucket = bucket.whole();
        if (path.isEmpty() || !Bucket.segments(path).stream().allMatch(PathName::isSegment)) {
            throw new IllegalArgumentException("not the directory of a run: " + path);
        }
    }

    @Override
    public String toString() {
        return bucket + "/" + path;
    }
}
