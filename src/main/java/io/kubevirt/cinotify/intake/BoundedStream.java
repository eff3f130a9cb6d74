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
package io.kubevirt.cinotify.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A body from outside that may neither be endless nor take for ever: too many bytes or too much time end it. */
public final class BoundedStream extends FilterInputStream {

    private final Duration patience;
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private long left;
    private volatile boolean ended;
    private volatile boolean late;

    /**
     * @param most in bytes
     * @param patience from now on; whoever then waits for the next byte gets an exception
     */
    public BoundedStream(InputStream in, long most, Duration patience) {
        super(in);
        this.left = most;
        this.patience = patience;
        end.completeOnTimeout(true, patience.toMillis(), TimeUnit.MILLISECONDS).thenAccept(tooLate -> {
            if (tooLate) {
                breakOff();
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
            throw late ? tooLate() : e instanceof BrokenOff already ? already : new BrokenOff(e);
        }
        if (late) {
            throw tooLate();
        }
        ended = count < 0;
        left -= Math.max(count, 0);
        if (left < 0) {
            throw new TooLong();
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        end.complete(false);
        closeWhatIsUnread();
    }

    /** Closing a body that has been read to its end would break its connection, on which the next answer may already come. */
    private void closeWhatIsUnread() throws IOException {
        if (!ended) {
            super.close();
        }
    }

    /** There is more of it than is read of anything of its kind. */
    public static final class TooLong extends IOException {

        private static final long serialVersionUID = 1L;

        TooLong() {
            super("it is longer than is believed");
        }
    }

    /** Its message says what it means; the cause tells only what a client calls it. */
    private static final class BrokenOff extends IOException {

        private static final long serialVersionUID = 1L;

        BrokenOff(Exception cause) {
            super("it broke off: " + Reason.of(cause));
            addSuppressed(cause);
        }
    }

    private IOException tooLate() {
        return new IOException("it was not complete after " + patience.toSeconds() + " s");
    }

    private void breakOff() {
        late = true;
        try {
            closeWhatIsUnread();
        } catch (IOException alreadyClosed) {
            // The reader finds out.
        }
    }
}
