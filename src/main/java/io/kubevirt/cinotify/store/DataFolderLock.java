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
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One process per data folder: two would say everything twice. The system lets go of it when the process ends, however
 * it ends.
 */
public final class DataFolderLock implements AutoCloseable {

    private static final String FILE = "lock";

    private final FileChannel channel;

    private DataFolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder.
     *
     * @throws InvalidDocument if another process has it, or the file system has no locks
     */
    public static DataFolderLock take(Path folder) throws InvalidDocument {
        Path file = folder.resolve(FILE);
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                String owner = read(channel);
                channel.close();
                throw new InvalidDocument(Problem.ofFile(
                        "--data-dir",
                        folder + " is in use by another ci-notify" + owner,
                        "stop that one first, or name another folder"));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new DataFolderLock(channel);
        } catch (IOException e) {
            throw new InvalidDocument(Problem.ofFile(
                    "--data-dir",
                    file + " cannot be locked (" + e + ")",
                    "mend its permissions, or name a folder on a local disk"));
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException sameProcess) {
            return true;
        }
    }

    private static String read(FileChannel channel) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(20);
        channel.read(content, 0);
        String process = StandardCharsets.UTF_8.decode(content.flip()).toString();
        return process.isEmpty() ? "" : " (process " + process + ")";
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
