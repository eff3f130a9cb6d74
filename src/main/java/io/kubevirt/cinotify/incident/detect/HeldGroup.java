// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.detect;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A family that has reached its threshold and waits for something larger to form.
 *
 * @param until the end of the wait
 * @param runs the identities of the runs that wait with it
 */
record HeldGroup(Instant until, List<String> runs) {

    HeldGroup with(String run) {
        return new HeldGroup(until, Stream.concat(runs.stream(), Stream.of(run)).toList());
    }
}
