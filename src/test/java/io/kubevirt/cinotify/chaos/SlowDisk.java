// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.chaos;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A neighbour on the same disk who writes much and flushes it: so long each flush of the plugin takes longer. A disk that is
 * slow by itself, or that fails, is not to be had without the rights of the kernel's administrator.
 */
final class SlowDisk {

    private static final int PIECE = 4 << 20;
    private static final int PIECES = 8;

    private final Path file;

    /** @param file whose content does not matter */
    SlowDisk(Path file) {
        this.file = file;
    }

    /** Returns once all of it is on the disk. */
    void press() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate(PIECE);
            for (int piece = 0; piece < PIECES; piece++) {
                channel.write(bytes.clear());
                channel.force(true);
            }
        }
    }
}
