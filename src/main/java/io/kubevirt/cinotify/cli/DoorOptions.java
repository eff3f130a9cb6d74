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

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.intake.Reason;
import io.kubevirt.cinotify.intake.deck.DeckDoor;
import io.kubevirt.cinotify.intake.prowjobs.ClusterAccess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which runs are seen beside those of the webhooks. */
final class DoorOptions {

    @Option(
            names = "--prowjob-namespace",
            paramLabel = "NAMESPACE",
            description = "Watch the ProwJobs in this namespace; needs get, list and watch on them.")
    @Nullable String prowjobNamespace;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Access to the cluster of the ProwJobs, where it is not that of the pod or of kubectl.")
    @Nullable Path kubeconfig;

    @Option(
            names = "--deck",
            paramLabel = "URL",
            description = "Poll the runs that this deck shows, such as https://prow.example.org; needs no access.")
    @Nullable URI deck;

    boolean areOpen() {
        return deck != null || prowjobNamespace != null;
    }

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (kubeconfig != null && prowjobNamespace == null) {
            problems.add(
                    Problem.ofFile("--kubeconfig", "is given without a namespace", "name it with --prowjob-namespace"));
        }
        if (prowjobNamespace != null) {
            access().ifPresent(problems::add);
        }
        if (deck != null) {
            address(deck).ifPresent(problems::add);
        }
        return problems;
    }

    private Optional<Problem> access() {
        if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
            return Optional.of(Problem.ofFile("--kubeconfig", kubeconfig + " cannot be read", "name another file"));
        }
        try (KubernetesClient client = ClusterAccess.open(kubeconfig)) {
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(Problem.ofFile(
                    "--kubeconfig", "cannot be understood: " + Reason.of(e), "mend the file, or name another one"));
        }
    }

    private static Optional<Problem> address(URI deck) {
        try {
            DeckDoor.requireAddress(deck);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Problem.ofFile("--deck", String.valueOf(e.getMessage()), "mend the address"));
        }
    }

    /** What the server reads. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        put(properties, "ci-notify.prowjob-namespace", prowjobNamespace);
        put(properties, "ci-notify.kubeconfig", kubeconfig);
        put(properties, "ci-notify.deck", deck);
        return properties;
    }

    private static void put(Map<String, String> properties, String name, @Nullable Object value) {
        if (value != null) {
            properties.put(name, value.toString());
        }
    }
}
