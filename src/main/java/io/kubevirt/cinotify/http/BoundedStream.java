// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A response body with a limit on its size and on the time it takes to arrive. */
public final class BoundedStream extends FilterInputStream {
    private final Duration timeout;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final long maxBytes;
    private long count;
    private volatile boolean ended;
    private volatile boolean timedOut;

    /** A longer body fails with {@link TooLongException}; the timeout counts from now. */
    public BoundedStream(InputStream in, long maxBytes, Duration timeout) {
        super(in);
        this.maxBytes = maxBytes;
        this.timeout = timeout;
        end.completeOnTimeout(true, timeout.toMillis(), TimeUnit.MILLISECONDS).thenAccept(tooLate -> {
            if (tooLate) {
                abort();
            }
        });
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read;
        try {
            read = super.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            throw timedOut
                    ? timeoutException()
                    : e instanceof BrokenOffException already ? already : new BrokenOffException(e);
        }
        if (timedOut) {
            throw timeoutException();
        }
        ended = read < 0;
        count += Math.max(read, 0);
        if (count > maxBytes) {
            throw new TooLongException();
        }
        return read;
    }

    /** The number of bytes read so far. */
    public long count() {
        return count;
    }

    @Override
    public void close() throws IOException {
        end.complete(false);
        closeUnlessEnded();
    }

    /** Closing a body read to its end would close its connection, which may already serve the next response. */
    private void closeUnlessEnded() throws IOException {
        if (!ended) {
            super.close();
        }
    }

    public static final class TooLongException extends IOException {
        TooLongException() {
            super("it is longer than allowed");
        }
    }

    /** The connection broke. The message names the root cause, because the HTTP client's own message does not. */
    private static final class BrokenOffException extends IOException {
        BrokenOffException(Exception cause) {
            super("connection lost: " + RootCause.describe(cause));
            addSuppressed(cause);
        }
    }

    private IOException timeoutException() {
        return new IOException("incomplete after " + timeout.toSeconds() + " s");
    }

    private void abort() {
        timedOut = true;
        try {
            closeUnlessEnded();
        } catch (IOException alreadyClosed) {
            // The next read fails.
        }
    }
}
