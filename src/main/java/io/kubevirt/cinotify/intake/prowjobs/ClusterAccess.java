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
package io.kubevirt.cinotify.intake.prowjobs;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens the way to the API server. */
public final class ClusterAccess {

    private static final Duration CONNECTING = Duration.ofSeconds(10);

    private ClusterAccess() {}

    /**
     * A client that leaves trying again to its caller; to be closed by it.
     *
     * @param kubeconfig a file; null for what kubectl would use here, or the service account inside a cluster
     * @throws io.fabric8.kubernetes.client.KubernetesClientException if the file cannot be understood
     */
    public static KubernetesClient open(@Nullable Path kubeconfig) {
        Config found = kubeconfig == null ? Config.autoConfigure(null) : Config.fromKubeconfig(kubeconfig.toFile());
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(found)
                        .withConnectionTimeout((int) CONNECTING.toMillis())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }
}
