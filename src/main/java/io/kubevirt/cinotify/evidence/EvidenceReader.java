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
package io.kubevirt.cinotify.evidence;

import io.kubevirt.cinotify.prow.RunUrl;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Reads what runs left behind. It asks for each file once: whoever wants late or unreachable files asks again later.
 * Blocks; may be used by several at a time.
 */
public final class EvidenceReader implements AutoCloseable {

    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final Bounds bounds;
    private final List<String> junitNames;
    private final InstantSource clock;

    /**
     * @param bounds how much is read of a run
     * @param junitNames the JUnit files that are looked for where the store does not list, relative to a run's directory
     * @param clock tells how long a run has taken
     */
    public EvidenceReader(Bounds bounds, List<String> junitNames, InstantSource clock) {
        this.bounds = bounds;
        this.junitNames = List.copyOf(junitNames);
        this.clock = clock;
    }

    /**
     * What a run left in an object store; never throws, whatever the store does.
     *
     * @param store where it answers
     * @param run an address that is trusted: it has passed {@link io.kubevirt.cinotify.prow.RunUrlReader}
     */
    public Evidence read(StoreAddress store, RunUrl run) {
        return read(new HttpArtifacts(http, store.text(), run, bounds.perFile()));
    }

    /** The node that a run's pod was on; empty if that is not told, or not yet. Never throws. */
    public Optional<RunNode> node(StoreAddress store, RunUrl run) {
        return reading(new HttpArtifacts(http, store.text(), run, bounds.perFile()))
                .node();
    }

    /** What a copy of a run's directory holds. */
    public Evidence read(Path copy) {
        return read(new FolderArtifacts(copy));
    }

    private Evidence read(Artifacts artifacts) {
        return reading(artifacts).read();
    }

    private ArtifactReading reading(Artifacts artifacts) {
        return new ArtifactReading(
                artifacts, bounds, junitNames, clock.instant().plus(bounds.perRun()), clock);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
