// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Writes small texts as a compressed POSIX archive (ustar), which only the owner may read once it is unpacked. */
final class TarGzip {
    private static final int BLOCK = 512;
    private static final int CHECKSUM = 148;

    private TarGzip() {}

    static void write(Map<String, String> files, Instant now, OutputStream out) throws IOException {
        try (GZIPOutputStream archive = new GZIPOutputStream(out)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                byte[] content = file.getValue().getBytes(StandardCharsets.UTF_8);
                archive.write(header(file.getKey(), content.length, now));
                archive.write(content);
                archive.write(new byte[Math.floorMod(-content.length, BLOCK)]);
            }
            archive.write(new byte[2 * BLOCK]);
        }
    }

    private static byte[] header(String name, int size, Instant now) {
        byte[] header = new byte[BLOCK];
        put(header, 0, name);
        put(header, 100, "0000600");
        put(header, 108, "0000000");
        put(header, 116, "0000000");
        put(header, 124, "%011o".formatted(size));
        put(header, 136, "%011o".formatted(now.getEpochSecond()));
        // The checksum is that of a header with spaces in its place.
        put(header, CHECKSUM, "        0");
        put(header, 257, "ustar");
        put(header, 263, "00");
        int sum = 0;
        for (byte each : header) {
            sum += Byte.toUnsignedInt(each);
        }
        put(header, CHECKSUM, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}
