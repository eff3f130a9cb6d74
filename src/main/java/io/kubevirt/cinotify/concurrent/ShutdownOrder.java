// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.concurrent;

/** The order in which the parts stop: priorities of the observers of the shutdown event, lowest first. */
public final class ShutdownOrder {
    /** First the event sources, so that nothing new arrives. */
    public static final int SOURCES = 100;

    /** Then the relay moves what has arrived into the journal. */
    public static final int INBOX = 101;

    /** Then the event loop decides on it. */
    public static final int EVENT_LOOP = 102;

    /** Last the outbox finishes what it sends. The store closes after all of them. */
    public static final int OUTBOX = 103;

    private ShutdownOrder() {}
}
