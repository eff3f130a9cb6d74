// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident.stale;

import java.time.Instant;

/**
 * A run that has no pod yet.
 *
 * @param cluster the alias of the cluster where it is to run
 * @param job the job's name
 * @param since when Prow created it
 * @param siblings how many runs of the job have a pod: with {@code max_concurrency} it waits for them, not for the cluster
 */
public record PendingRun(String cluster, String job, Instant since, int siblings) {}
