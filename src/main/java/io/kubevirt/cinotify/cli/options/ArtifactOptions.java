// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where to read artifacts, instead of the configured object store. */
public final class ArtifactOptions {

    @Option(
            names = "--artifacts-endpoint",
            paramLabel = "URL",
            description = "Object store with the artifacts, instead of the configured one.")
    @Nullable
    String endpoint;

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
    @Nullable
    public ObjectStoreEndpoint address() {
        return endpoint == null ? null : new ObjectStoreEndpoint(endpoint);
    }

    /** The configuration properties of the server. */
    public Map<String, String> properties() {
        return endpoint == null ? Map.of() : Map.of("ci-notify.artifacts-endpoint", endpoint);
    }
}
