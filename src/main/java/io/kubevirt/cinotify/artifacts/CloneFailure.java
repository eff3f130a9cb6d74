// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

/**
 * The sources could not be had (prow-contract §8): Prow calls such a run an ordinary failure.
 *
 * @param repository as {@code org/repo}; empty if it is not told
 * @param conflict whether the changes do not fit together, rather than the place they come from not answering
 * @param gitOutput the last words of git, a line
 */
public record CloneFailure(String repository, boolean conflict, String gitOutput) {}
