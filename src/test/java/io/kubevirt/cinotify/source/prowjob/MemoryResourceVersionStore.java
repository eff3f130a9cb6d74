// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.source.prowjob.ProwJobReflector.ResourceVersionStore;
import java.util.Optional;

/** Keeps the version across restarts of the reflector. */
final class MemoryResourceVersionStore implements ResourceVersionStore {

    private String version;

    @Override
    public Optional<String> resourceVersion() {
        return Optional.ofNullable(version);
    }

    @Override
    public void save(String resourceVersion) {
        version = resourceVersion;
    }
}
