// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A body from outside that may neither be endless nor take for ever: too many bytes or too much time end it. */
public final class BoundedStream extends FilterInputStream {

    private final Duration timeout;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private long remaining;
    private volatile boolean ended;
    private volatile boolean timedOut;

    /**
     * @param most in bytes
     * @param patience from now on; whoever then waits for the next byte gets an exception
     */
    public BoundedStream(InputStream in, long most, Duration patience) {
        super(in);
        this.remaining = most;
        this.timeout = patience;
        end.completeOnTimeout(true, patience.toMillis(), TimeUnit.MILLISECONDS).thenAccept(tooLate -> {
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
        int count;
        try {
            count = super.read(buffer, offset, length);
        } catch (IOException | RuntimeException e) {
            throw timedOut
                    ? timeoutException()
                    : e instanceof BrokenOffException already ? already : new BrokenOffException(e);
        }
        if (timedOut) {
            throw timeoutException();
        }
        ended = count < 0;
        remaining -= Math.max(count, 0);
        if (remaining < 0) {
            throw new TooLongException();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        end.complete(false);
        closeUnlessEnded();
    }

    /** Closing a body that has been read to its end would break its connection, on which the next answer may already come. */
    private void closeUnlessEnded() throws IOException {
        if (!ended) {
            super.close();
        }
    }

    /** There is more of it than is read of anything of its kind. */
    public static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLongException() {
            super("it is longer than is believed");
        }
    }

    /** Its message says what it means; the cause tells only what a client calls it. */
    private static final class BrokenOffException extends IOException {

        private static final long serialVersionUID = 1L;

        BrokenOffException(Exception cause) {
            super("it broke off: " + RootCause.describe(cause));
            addSuppressed(cause);
        }
    }

    private IOException timeoutException() {
        return new IOException("it was not complete after " + timeout.toSeconds() + " s");
    }

    private void abort() {
        timedOut = true;
        try {
            closeUnlessEnded();
        } catch (IOException alreadyClosed) {
            // The reader finds out.
        }
    }
}
