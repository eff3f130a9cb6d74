// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Locks the data directory for one process: two would send every message twice. The lock ends with the process. */
public final class DataDirectoryLock implements AutoCloseable {
    static final String FILE = "lock";

    private final FileChannel channel;

    private DataDirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Creates the directory, with access for this user alone, and the file of the lock. */
    public static void createDirectory(Path directory) throws IOException {
        DataFileModes.prepare(directory, List.of(FILE));
    }

    /** @throws InvalidConfigException if another process holds the lock, or the directory cannot be created or locked */
    public static DataDirectoryLock acquire(Path directory) throws InvalidConfigException {
        return acquire("--data-dir", directory);
    }

    /** @param option for errors */
    static DataDirectoryLock acquire(String option, Path directory) throws InvalidConfigException {
        Path file = directory.resolve(FILE);
        try {
            createDirectory(directory);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (isTaken(channel)) {
                String owner = read(channel);
                channel.close();
                throw new InvalidConfigException(ConfigProblem.ofFile(
                        option,
                        directory + " is in use by another ci-notify" + owner,
                        "stop that one first, or use another directory"));
            }
            channel.truncate(0);
            channel.write(StandardCharsets.UTF_8.encode(
                    Long.toString(ProcessHandle.current().pid())));
            return new DataDirectoryLock(channel);
        } catch (IOException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    option,
                    "cannot lock " + file + " (" + e + ")",
                    "fix its permissions, free space on its disk, or use a directory on a local disk"));
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
