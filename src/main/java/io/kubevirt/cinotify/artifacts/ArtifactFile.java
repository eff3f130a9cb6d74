// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

/**
 * A file of a run, and what became of reading it.
 *
 * @param name relative to the run's directory
 * @param state how far it was read
 * @param remark why it is not read in whole; empty if it is, or if there is no more to say
 */
public record ArtifactFile(String name, FileState state, String remark) {

    @Override
    public String toString() {
        return name + " " + state.value() + (remark.isEmpty() ? "" : " (" + remark + ")");
    }
}
