// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the kernel knows about a server on this machine, whoever started it: memory and processor time. */
record ServerProcess(long pid) {
    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    /** Of the lines of /proc/net/tcp. */
    private static final int ADDRESS = 1;

    private static final int STATE = 3;
    private static final int INODE = 9;
    /** User and system time in /proc/PID/stat, counted after the name of the program. */
    private static final int USER_TICKS = 11;

    private static final int SYSTEM_TICKS = 12;
    private static final double MILLIS_PER_TICK = 10;

    /** The process that listens on the port of a URL; empty if it is on another machine or of another user. */
    static Optional<ServerProcess> at(URI url) throws IOException {
        if (!InetAddress.getByName(url.getHost()).isLoopbackAddress()) {
            return Optional.empty();
        }
        Set<String> sockets = new HashSet<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(PROC.resolve(table))) {
                String[] fields = line.strip().split("\\s+");
                if (fields[ADDRESS].endsWith(String.format(Locale.ROOT, ":%04X", url.getPort()))
                        && fields[STATE].equals(LISTENING)) {
                    sockets.add("socket:[" + fields[INODE] + "]");
                }
            }
        }
        try (Stream<Path> processes = Files.list(PROC)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .filter(process -> holdsAny(process, sockets))
                    .map(process -> new ServerProcess(
                            Long.parseLong(process.getFileName().toString())))
                    .findFirst();
        }
    }

    private static boolean holdsAny(Path process, Set<String> sockets) {
        try (Stream<Path> files = Files.list(process.resolve("fd"))) {
            return files.anyMatch(file -> {
                try {
                    return sockets.contains(Files.readSymbolicLink(file).toString());
                } catch (IOException closed) {
                    return false;
                }
            });
        } catch (IOException | UncheckedIOException ended) {
            return false;
        }
    }

    /** A line of {@code /proc/PID/status}, such as {@code VmRSS} or {@code VmHWM}, in MB. */
    double megabytes(String field) throws IOException {
        return Files.readAllLines(file("status")).stream()
                .filter(line -> line.startsWith(field + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** From now on {@code VmHWM} is the highest since this call. */
    void forgetHighestMemory() throws IOException {
        Files.writeString(file("clear_refs"), "5");
    }

    /** Processor time since the start of the process. */
    double processorMillis() throws IOException {
        String stat = Files.readString(file("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS])) * MILLIS_PER_TICK;
    }

    private Path file(String name) {
        return PROC.resolve(Long.toString(pid)).resolve(name);
    }
}
