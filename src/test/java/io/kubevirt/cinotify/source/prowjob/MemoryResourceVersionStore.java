// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.source.prowjob.ProwJobReflector.ResourceVersionStore;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Keeps the version across restarts of the reflector. */
final class MemoryResourceVersionStore implements ResourceVersionStore {

    private final Set<String> unfinished = new HashSet<>();
    private String version;

    /** As if the plugin had seen this ProwJob without its end. */
    void addUnfinished(String prowJob) {
        unfinished.add(prowJob);
    }

    @Override
    public Set<String> names() {
        return Set.copyOf(unfinished);
    }

    @Override
    public Optional<String> resourceVersion() {
        return Optional.ofNullable(version);
    }

    @Override
    public void save(String resourceVersion) {
        version = resourceVersion;
    }
}
