// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to read artifacts, instead of the configured object store. */
public final class ArtifactOptions {
    @Option(
            names = "--artifacts-endpoint",
            paramLabel = "URL",
            description = "Object store with the artifacts, instead of the configured one.")
    private @Nullable String endpoint;

    public List<ConfigProblem> problems() {
        try {
            address();
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(
                    ConfigProblem.ofFile("--artifacts-endpoint", String.valueOf(e.getMessage()), "correct the URL"));
        }
    }

    /**
     * The given endpoint; null for none.
     *
     * @throws IllegalArgumentException if it is invalid; the message is for users
     */
    public @Nullable ObjectStoreEndpoint address() {
        return endpoint == null ? null : new ObjectStoreEndpoint(endpoint);
    }
}
