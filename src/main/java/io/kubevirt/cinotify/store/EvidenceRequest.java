// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;

/**
 * A run whose artifacts are to be fetched.
 *
 * @param id the run's id
 * @param endedAt when it ended
 * @param attempt how many have been made, the one that is now due included
 */
public record EvidenceRequest(String id, JobRun run, Instant endedAt, int attempt) {}
