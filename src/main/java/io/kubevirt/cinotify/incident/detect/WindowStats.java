// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

/** Keeps figures over the runs of a {@link SlidingWindow} as they come and go, so that nobody has to look through it. */
interface WindowStats {

    void add(WindowEntry entry);

    void remove(WindowEntry entry);
}
