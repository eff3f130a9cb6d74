// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubevirt.cinotify.http.RootCause;
import io.kubevirt.cinotify.source.deck.DeckPoller;
import io.kubevirt.cinotify.source.prowjob.KubernetesClientFactory;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The event sources besides webhooks. */
public final class SourceOptions {
    @Option(
            names = "--prowjob-namespace",
            paramLabel = "NAMESPACE",
            description = "Watch the ProwJobs in this namespace; needs the permissions get, list and watch.")
    private @Nullable String prowjobNamespace;

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "Kubeconfig for the cluster of the ProwJobs, if not the default of the pod or of kubectl.")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--deck",
            paramLabel = "URL",
            split = ",",
            description =
                    "Poll the runs of this deck, such as https://prow.example.org; repeatable; needs no permissions."
                            + " Run pages on its host are trusted.")
    private @Nullable List<URI> decks;

    public boolean anyConfigured() {
        return decks != null || prowjobNamespace != null;
    }

    public List<ConfigProblem> problems() {
        List<ConfigProblem> problems = new ArrayList<>();
        if (kubeconfig != null && prowjobNamespace == null) {
            problems.add(ConfigProblem.ofFile(
                    "--kubeconfig", "is given without --prowjob-namespace", "give both, or neither"));
        }
        if (prowjobNamespace != null) {
            kubeconfigProblem().ifPresent(problems::add);
        }
        List<URI> addresses = decks == null ? List.of() : decks;
        addresses.forEach(deck -> deckProblem(deck).ifPresent(problems::add));
        if (addresses.stream().distinct().count() < addresses.size()) {
            problems.add(ConfigProblem.ofFile("--deck", "names a deck twice", "remove one of them"));
        }
        return problems;
    }

    private Optional<ConfigProblem> kubeconfigProblem() {
        if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
            return Optional.of(
                    ConfigProblem.ofFile("--kubeconfig", kubeconfig + " cannot be read", "use another file"));
        }
        try (KubernetesClient client = KubernetesClientFactory.open(kubeconfig)) {
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(ConfigProblem.ofFile(
                    "--kubeconfig",
                    "cannot be parsed: " + RootCause.describe(e),
                    "correct the file, or use another one"));
        }
    }

    private static Optional<ConfigProblem> deckProblem(URI deck) {
        try {
            DeckPoller.requireAddress(deck);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(ConfigProblem.ofFile("--deck", String.valueOf(e.getMessage()), "correct the URL"));
        }
    }
}
