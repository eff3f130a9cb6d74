// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Splits a byte stream into lines. */
final class LineSplitter {

    private final int maxBytes;
    private final LineConsumer consumer;
    private ByteArrayOutputStream partialLine = new ByteArrayOutputStream();

    LineSplitter(int maxBytes, LineConsumer consumer) {
        this.maxBytes = maxBytes;
        this.consumer = consumer;
    }

    @FunctionalInterface
    interface LineConsumer {
        void accept(InputStream line) throws IOException, KubernetesApiException;
    }

    /** @throws IOException if a line exceeds the limit */
    void add(ByteBuffer bytes) throws IOException, KubernetesApiException {
        byte[] chunk = new byte[bytes.remaining()];
        bytes.get(chunk);
        int from = 0;
        for (int i = 0; i < chunk.length; i++) {
            if (chunk[i] == '\n') {
                partialLine.write(chunk, from, i - from);
                from = i + 1;
                emitLine();
            }
        }
        partialLine.write(chunk, from, chunk.length - from);
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
