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
