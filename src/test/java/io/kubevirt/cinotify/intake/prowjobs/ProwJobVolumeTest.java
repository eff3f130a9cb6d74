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

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubevirt.cinotify.fixture.MemoryJournal;
import io.kubevirt.cinotify.fixture.ProwJobApi;
import io.kubevirt.cinotify.fixture.VirtualTime;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two days of KubeVirt's jobs and more: 200 MB of pod specs go by, and nothing of them stays. */
@Timeout(300)
class ProwJobVolumeTest {

    private static final int PROW_JOBS = 10_000;
    private static final int POD_SPEC_BYTES = 20_000;
    private static final long MOST_HEAP = 128L << 20;

    @Test
    void tenThousandProwJobsWithLargePodSpecsAreTakenInWithoutKeepingTheSpecs(@TempDir Path directory)
            throws Exception {
        VirtualTime time = new VirtualTime();
        MemoryJournal journal = new MemoryJournal();
        try (ProwJobApi api = new ProwJobApi(POD_SPEC_BYTES);
                KubernetesClient client = ClusterAccess.open(api.kubeconfig(directory))) {
            for (int i = 0; i < PROW_JOBS; i++) {
                api.put("job-" + i, "success", ",\"completionTime\":\"2026-03-02T09:00:00Z\"");
            }
            long idle = heap();
            long begin = System.nanoTime();
            ProwJobDoor door = new ProwJobDoor(
                    new ProwJobSource(client, ProwJobApi.NAMESPACE, time),
                    journal,
                    new MemoryResumption(),
                    time.timing(1));
            door.start();
            time.until("all are listed", () -> journal.size() == PROW_JOBS && api.watching() == 1);
            long millis = (System.nanoTime() - begin) / 1_000_000;
            long over = heap() - idle;
            System.out.printf(
                    "%d ProwJobs with pod specs of %d bytes: %d pages in %d ms, heap %.1f MB over idle, deliveries included%n",
                    PROW_JOBS, POD_SPEC_BYTES, api.lists(), millis, over / 1048576.0);
            door.stop();
            assertThat(over).isLessThan(MOST_HEAP);
        }
    }

    private static long heap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
