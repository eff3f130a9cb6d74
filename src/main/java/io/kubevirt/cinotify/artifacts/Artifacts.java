// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.util.List;
import java.util.Optional;

/** The files of one run. */
public sealed interface Artifacts permits HttpArtifacts, FolderArtifacts {

    /**
     * Opens {@code maxBytes} bytes of a file, named relative to the directory of the run; reading beyond them fails.
     */
    FetchResult open(String name, long from, long maxBytes);

    /** The sorted names with a prefix, relative to the directory of the run; empty if the store cannot list. */
    Optional<List<String>> list(String prefix);
}
