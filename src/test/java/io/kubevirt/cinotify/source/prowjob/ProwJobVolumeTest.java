// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubevirt.cinotify.fixture.FakeApiServer;
import io.kubevirt.cinotify.fixture.MemoryJournal;
import io.kubevirt.cinotify.fixture.VirtualTime;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More than two days of KubeVirt's jobs: 200 MB of pod specs are streamed and none is kept. */
@Timeout(300)
class ProwJobVolumeTest {

    private static final int PROW_JOBS = 10_000;
    private static final int POD_SPEC_BYTES = 20_000;
    private static final long MAX_HEAP_BYTES = 128L << 20;

    @Test
    void tenThousandProwJobsAreListedWithoutKeepingPodSpecs(@TempDir Path directory) throws Exception {
        VirtualTime time = new VirtualTime();
        MemoryJournal journal = new MemoryJournal();
        try (FakeApiServer api = new FakeApiServer(POD_SPEC_BYTES);
                KubernetesClient client = KubernetesClientFactory.open(api.kubeconfig(directory))) {
            for (int i = 0; i < PROW_JOBS; i++) {
                api.put("job-" + i, "success", ",\"completionTime\":\"2026-03-02T09:00:00Z\"");
            }
            long idleHeap = heap();
            long begin = System.nanoTime();
            ProwJobReflector reflector = new ProwJobReflector(
                    new ProwJobClient(client, FakeApiServer.NAMESPACE, time),
                    journal,
                    new MemoryResourceVersionStore(),
                    time.sourceRuntime(1));
            reflector.start();
            time.runUntil("all are listed", () -> journal.size() == PROW_JOBS && api.openWatches() == 1);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            long growth = heap() - idleHeap;
            System.out.printf(
                    "%d ProwJobs with pod specs of %d bytes: %d pages in %d ms, heap %.1f MB growth idleHeap,"
                            + " deliveries included%n",
                    PROW_JOBS, POD_SPEC_BYTES, api.lists(), millis, growth / 1048576.0);
            reflector.stop();
            assertThat(growth).isLessThan(MAX_HEAP_BYTES);
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
