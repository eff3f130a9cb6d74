// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.io.IOException;
import java.io.InputStream;

/** The last bytes of a stream of any length. */
final class LogTail {
    private final byte[] ring;
    private long length;

    LogTail(int maxBytes) {
        this.ring = new byte[maxBytes];
    }

    void readAll(InputStream content) throws IOException {
        int count = 0;
        while (count >= 0) {
            length += count;
            int at = (int) (length % ring.length);
            count = content.read(ring, at, ring.length - at);
        }
    }

    /** Of the whole stream. */
    long length() {
        return length;
    }

    boolean isComplete() {
        return length <= ring.length;
    }

    byte[] bytes() {
        int from = isComplete() ? 0 : (int) (length % ring.length);
        byte[] ordered = new byte[(int) Math.min(length, ring.length)];
        int first = Math.min(ordered.length, ring.length - from);
        System.arraycopy(ring, from, ordered, 0, first);
        System.arraycopy(ring, 0, ordered, first, ordered.length - first);
        return ordered;
    }
}
