// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Limits the bytes of all bodies in memory by what has arrived, not by what is announced: bodies are read before their
 * signature is verified. Small bodies have a reserve that large ones cannot use. If there is no space, the body that has
 * been arriving for the longest time is discarded, because a delivery arrives at once.
 */
final class BodyBudget {
    /** Most deliveries are smaller. */
    static final int SMALL_BYTES = 64 << 10;

    private final Pool small;
    private final Pool large;

    BodyBudget(long smallBytes, long largeBytes) {
        this.small = new Pool(smallBytes);
        this.large = new Pool(largeBytes);
    }

    /** {@code onDiscard} frees the bytes on the thread that needs the space, so it must not block. */
    Share open(Runnable onDiscard) {
        return new Share(onDiscard);
    }

    /** The bytes of one body. */
    final class Share {
        private final Runnable onDiscard;
        private Pool pool = small;
        private long bytes;
        private boolean released;

        private Share(Runnable onDiscard) {
            this.onDiscard = onDiscard;
            synchronized (BodyBudget.this) {
                small.arriving.add(this);
            }
        }

        /** False if there is no space for more bytes; the share is released then. */
        boolean add(int count) {
            synchronized (BodyBudget.this) {
                if (released) {
                    return false;
                }
                if (pool == small && bytes + count > SMALL_BYTES) {
                    moveTo(large);
                }
                if (!pool.makeSpace(this, count)) {
                    release();
                    return false;
                }
                pool.used += count;
                bytes += count;
                return true;
            }
        }

        private void moveTo(Pool target) {
            pool.remove(this);
            target.used += bytes;
            target.arriving.add(this);
            pool = target;
        }

        /** The body has arrived and is not discarded any more; false if it was discarded before. */
        boolean complete() {
            synchronized (BodyBudget.this) {
                pool.arriving.remove(this);
                return !released;
            }
        }

        void release() {
            synchronized (BodyBudget.this) {
                if (!released) {
                    released = true;
                    pool.remove(this);
                }
            }
        }
    }

    /** Guarded by the budget. */
    private static final class Pool {
        private final long limit;
        /** Oldest first. */
        private final Set<Share> arriving = new LinkedHashSet<>();

        private long used;

        Pool(long limit) {
            this.limit = limit;
        }

        /** One body alone always has space, whatever its size. */
        boolean makeSpace(Share share, int count) {
            while (used + count > limit && used > share.bytes) {
                Share oldest = arriving.isEmpty() ? share : arriving.iterator().next();
                if (oldest == share) {
                    return false;
                }
                oldest.release();
                oldest.onDiscard.run();
            }
            return true;
        }

        void remove(Share share) {
            arriving.remove(share);
            used -= share.bytes;
        }
    }
}
