// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.List;
import java.util.Optional;

/** The files of one run, wherever they lie. */
public sealed interface Artifacts permits HttpArtifacts, FolderArtifacts {

    /**
     * Opens a file, or a part of it.
     *
     * @param name relative to the run's directory
     * @param from the first byte that is wanted
     * @param most how many bytes are wanted; more make reading the content fail
     */
    FetchResult open(String name, long from, long most);

    /** The names that begin so, relative to the run's directory, in order; empty if the place does not list. */
    Optional<List<String>> list(String prefix);
}
