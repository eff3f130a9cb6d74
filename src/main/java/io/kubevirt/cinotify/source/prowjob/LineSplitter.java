// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Puts lines together out of bytes that come in pieces of any size. */
final class LineSplitter {

    private final int maxBytes;
    private final LineConsumer consumer;
    private ByteArrayOutputStream partialLine = new ByteArrayOutputStream();

    /** @param longest in bytes */
    LineSplitter(int longest, LineConsumer taker) {
        this.maxBytes = longest;
        this.consumer = taker;
    }

    /** Takes the lines as they become whole. */
    @FunctionalInterface
    interface LineConsumer {
        void accept(InputStream line) throws IOException, KubernetesApiException;
    }

    /** @throws IOException if a line is longer than is believed */
    void add(ByteBuffer bytes) throws IOException, KubernetesApiException {
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        int from = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                partialLine.write(piece, from, i - from);
                from = i + 1;
                emitLine();
            }
        }
        partialLine.write(piece, from, piece.length - from);
        if (partialLine.size() > maxBytes) {
            throw new IOException("a line is longer than " + maxBytes + " bytes");
        }
    }

    private void emitLine() throws IOException, KubernetesApiException {
        byte[] line = partialLine.toByteArray();
        partialLine = new ByteArrayOutputStream();
        if (line.length > 0) {
            consumer.accept(new ByteArrayInputStream(line));
        }
    }
}
