// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The newest run of a periodic job.
 *
 * @param started when Prow created it
 * @param ended when it ended; null if it has not: Prow starts no other before
 */
public record LastRun(Instant started, @Nullable Instant ended) {}
