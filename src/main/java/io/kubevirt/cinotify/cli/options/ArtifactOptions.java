// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the artifacts of runs lie, if not where the settings say. */
public final class ArtifactOptions {

    @Option(
            names = "--artifacts-endpoint",
            paramLabel = "URL",
            description = "Object store with the artifacts of runs, in place of that of the settings.")
    @Nullable String endpoint;

    public List<ConfigProblem> problems() {
        try {
            address();
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(
                    ConfigProblem.ofFile("--artifacts-endpoint", String.valueOf(e.getMessage()), "mend the address"));
        }
    }

    /**
     * The address that was given; null if none was.
     *
     * @throws IllegalArgumentException if it is none; the message is fit for a person
     */
    @Nullable public ObjectStoreEndpoint address() {
        return endpoint == null ? null : new ObjectStoreEndpoint(endpoint);
    }

    /** What the server reads. */
    public Map<String, String> properties() {
        return endpoint == null ? Map.of() : Map.of("ci-notify.artifacts-endpoint", endpoint);
    }
}
