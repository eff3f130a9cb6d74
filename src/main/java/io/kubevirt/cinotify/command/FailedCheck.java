// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.JobRun;

/**
 * A failed run of the head commit of a pull request.
 *
 * @param required whether the pull request needs it to merge
 */
public record FailedCheck(JobRun run, Diagnosis diagnosis, boolean required) {}
