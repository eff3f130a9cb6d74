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
package io.kubevirt.cinotify.intake.prowjobs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Puts lines together out of bytes that come in pieces of any size. */
final class Lines {

    private final int longest;
    private final Taker taker;
    private ByteArrayOutputStream started = new ByteArrayOutputStream();

    /** @param longest in bytes */
    Lines(int longest, Taker taker) {
        this.longest = longest;
        this.taker = taker;
    }

    /** Takes the lines as they become whole. */
    @FunctionalInterface
    interface Taker {
        void take(InputStream line) throws IOException, ApiFailure;
    }

    /** @throws IOException if a line is longer than is believed */
    void add(ByteBuffer bytes) throws IOException, ApiFailure {
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        int from = 0;
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] == '\n') {
                started.write(piece, from, i - from);
                from = i + 1;
                whole();
            }
        }
        started.write(piece, from, piece.length - from);
        if (started.size() > longest) {
            throw new IOException("a line is longer than " + longest + " bytes");
        }
    }

    private void whole() throws IOException, ApiFailure {
        byte[] line = started.toByteArray();
        started = new ByteArrayOutputStream();
        if (line.length > 0) {
            taker.take(new ByteArrayInputStream(line));
        }
    }
}
