// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.Duration;

/**
 * The one thread on which a door that goes out by itself does its work, so that the door needs no locks. The application
 * gives each door one of its own; tests give one whose time is virtual.
 */
@FunctionalInterface
public interface SourceExecutor {

    /**
     * Does something later, never beside anything else that this worker does. Callable from any thread; returns at once.
     * After the worker has ended it does nothing.
     *
     * @param delay not negative; zero means as soon as what is under way has ended
     */
    void schedule(Duration delay, Runnable work);
}
