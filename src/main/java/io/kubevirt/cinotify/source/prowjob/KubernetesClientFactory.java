// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.kubevirt.cinotify.http.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public final class KubernetesClientFactory {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private KubernetesClientFactory() {}

    /** Without retries, closed by the caller; null means kubectl's default, or the service account in a cluster. */
    public static KubernetesClient open(@Nullable Path kubeconfig) {
        Config found = kubeconfig == null ? Config.autoConfigure(null) : Config.fromKubeconfig(kubeconfig.toFile());
        Stream.of(found.getOauthToken(), found.getAutoOAuthToken(), found.getPassword())
                .filter(Objects::nonNull)
                .forEach(Secrets::add);
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(found)
                        .withConnectionTimeout((int) CONNECT_TIMEOUT.toMillis())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }
}
