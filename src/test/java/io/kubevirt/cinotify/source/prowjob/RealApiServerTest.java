// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.kubevirt.cinotify.fixture.FakeApiServer;
import io.kubevirt.cinotify.fixture.MemoryJournal;
import io.kubevirt.cinotify.fixture.VirtualTime;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reflector against other API servers. */
@Timeout(120)
class RealApiServerTest {

    private static final String KUBECONFIG = "CI_NOTIFY_TEST_KUBECONFIG";
    private static final String TEST_NAMESPACE = "CI_NOTIFY_TEST_NAMESPACE";

    private static final ResourceDefinitionContext PROW_JOBS = new ResourceDefinitionContext.Builder()
            .withGroup("prow.k8s.io")
            .withVersion("v1")
            .withKind("ProwJob")
            .withPlural("prowjobs")
            .withNamespaced(true)
            .build();

    private final VirtualTime time = new VirtualTime();
    private final MemoryJournal journal = new MemoryJournal();
    private final MemoryResourceVersionStore resourceVersions = new MemoryResourceVersionStore();

    /**
     * It knows neither pages nor bookmarks nor expiry, and watches by WebSocket alone: the rest is shown with {@link
     * FakeApiServer}.
     */
    @Test
    void theFabric8MockServerIsListed() throws InterruptedException {
        KubernetesMockServer server = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        server.init();
        try (KubernetesClient client = server.createClient()) {
            client.genericKubernetesResources(PROW_JOBS)
                    .inNamespace(FakeApiServer.NAMESPACE)
                    .resource(prowJob("existing", "failure"))
                    .create();
            ProwJobReflector reflector = open(client, FakeApiServer.NAMESPACE);
            time.runUntil("it is listed", () -> journal.contains("prowjob/existing/failure"));
            reflector.stop();
        } finally {
            server.destroy();
        }
    }

    /** Only reads: whatever the namespace has is listed, and a watch is opened. */
    @Test
    void aRealApiServerIsListedAndWatched() throws InterruptedException {
        String kubeconfig = System.getenv(KUBECONFIG);
        assumeTrue(
                kubeconfig != null,
                KUBECONFIG + " names no kubeconfig of a cluster with the ProwJob CRD (namespace in " + TEST_NAMESPACE
                        + ")");
        String namespace = Objects.requireNonNullElse(System.getenv(TEST_NAMESPACE), "default");
        try (KubernetesClient client = KubernetesClientFactory.open(Path.of(kubeconfig))) {
            ProwJobReflector reflector = open(client, namespace);
            time.runUntil(
                    "the list is taken in",
                    () -> resourceVersions.resourceVersion().isPresent()
                            && reflector.status().connected());
            System.out.printf("%d states of ProwJobs in %s%n", journal.size(), namespace);
            assertThat(reflector.status().problem()).isNull();
            reflector.stop();
        }
    }

    private ProwJobReflector open(KubernetesClient client, String namespace) {
        ProwJobReflector reflector = new ProwJobReflector(
                new ProwJobClient(client, namespace, time), journal, resourceVersions, time.sourceRuntime(1));
        reflector.start();
        return reflector;
    }

    private static GenericKubernetesResource prowJob(String name, String state) {
        return new GenericKubernetesResourceBuilder()
                .withApiVersion("prow.k8s.io/v1")
                .withKind("ProwJob")
                .withNewMetadata()
                .withName(name)
                .withNamespace(FakeApiServer.NAMESPACE)
                .endMetadata()
                .addToAdditionalProperties("spec", Map.of("type", "periodic", "job", "job"))
                .addToAdditionalProperties("status", Map.of("state", state))
                .build();
    }
}
