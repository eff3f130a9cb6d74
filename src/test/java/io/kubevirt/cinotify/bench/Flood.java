// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * What many connections send at once, each again and again until the end.
 *
 * @param request what a connection sends, by the number of connections before it
 * @param connections open at the same time
 * @param manner how they send it
 */
record Flood(String name, URI target, IntFunction<byte[]> request, int connections, Manner manner) {
    private static final int READ_TIMEOUT_MILLIS = 10_000;

    /** Between two bytes of a slow body, and between two comments. */
    private static final int PAUSE_MILLIS = 200;

    enum Manner {
        /** As fast as possible. */
        FAST,
        /** After the request a byte now and then. */
        SLOW,
        /** The next request after a pause. */
        PACED
    }

    /** The same bytes each time. */
    static Flood of(String name, URI target, String request, int connections) {
        byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        return new Flood(name, target, number -> bytes, connections, Manner.FAST);
    }

    /** Sends a request and returns the status of the response; 0 if the connection ended without one, or the time did. */
    int send(int number, long end) throws InterruptedException {
        int status = 0;
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(timeout(end));
            socket.connect(new InetSocketAddress(target.getHost(), target.getPort()), timeout(end));
            socket.getOutputStream().write(request.apply(number));
            while (manner == Manner.SLOW && System.nanoTime() < end) {
                socket.getOutputStream().write(' ');
                Thread.sleep(PAUSE_MILLIS);
            }
            status = status(socket.getInputStream());
        } catch (IOException refused) {
            // The next request follows.
        }
        if (manner == Manner.PACED) {
            Thread.sleep(PAUSE_MILLIS);
        }
        return status;
    }

    /** Of the last response: after an interim response the connection stays open. */
    private static int status(InputStream in) throws IOException {
        byte[] line = in.readNBytes("HTTP/1.1 200".length());
        String text = new String(line, StandardCharsets.ISO_8859_1);
        if (!text.matches("HTTP/1\\.. \\d{3}")) {
            return 0;
        }
        if (text.endsWith(" 100")) {
            in.readNBytes("Continue\r\n\r\n".length() + 1);
            return status(in);
        }
        return Integer.parseInt(text.substring(text.length() - 3));
    }

    private static int timeout(long end) {
        long rest = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        return (int) Math.clamp(rest, 1, READ_TIMEOUT_MILLIS);
    }
}
