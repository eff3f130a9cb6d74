// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

/**
 * The clone of the sources failed (prow-contract §8). Prow reports such a run as an ordinary failure.
 *
 * @param repository as {@code org/repo}; empty if unknown
 * @param conflict true for a merge conflict; false if the remote failed
 * @param gitOutput the last output of git, one line
 */
public record CloneFailure(String repository, boolean conflict, String gitOutput) {}
