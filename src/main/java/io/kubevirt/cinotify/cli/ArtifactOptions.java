/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.evidence.StoreAddress;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the artifacts of runs lie, if not where the settings say. */
final class ArtifactOptions {

    @Option(
            names = "--artifacts-endpoint",
            paramLabel = "URL",
            description = "Object store with the artifacts of runs, in place of that of the settings.")
    @Nullable String endpoint;

    List<Problem> problems() {
        try {
            address();
            return List.of();
        } catch (IllegalArgumentException e) {
            return List.of(Problem.ofFile("--artifacts-endpoint", String.valueOf(e.getMessage()), "mend the address"));
        }
    }

    /**
     * The address that was given; null if none was.
     *
     * @throws IllegalArgumentException if it is none; the message is fit for a person
     */
    @Nullable StoreAddress address() {
        return endpoint == null ? null : new StoreAddress(endpoint);
    }

    /** What the server reads. */
    Map<String, String> properties() {
        return endpoint == null ? Map.of() : Map.of("ci-notify.artifacts-endpoint", endpoint);
    }
}
