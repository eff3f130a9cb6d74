// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

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

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final ReadLimits limits;
    private final List<String> junitNames;
    private final InstantSource clock;

    /**
     * @param bounds how much is read of a run
     * @param junitNames the JUnit files that are looked for where the store does not list, relative to a run's directory
     * @param clock tells how long a run has taken
     */
    public EvidenceReader(ReadLimits bounds, List<String> junitNames, InstantSource clock) {
        this.limits = bounds;
        this.junitNames = List.copyOf(junitNames);
        this.clock = clock;
    }

    /**
     * What a run left in an object store; never throws, whatever the store does.
     *
     * @param store where it answers
     * @param run an address that is trusted: it has passed {@link io.kubevirt.cinotify.prow.RunUrlReader}
     */
    public Evidence read(ObjectStoreEndpoint store, RunUrl run) {
        return read(new HttpArtifacts(http, store.url(), run, limits.fileTimeout()));
    }

    /** The node that a run's pod was on; empty if that is not told, or not yet. Never throws. */
    public Optional<RunNode> node(ObjectStoreEndpoint store, RunUrl run) {
        return runReader(new HttpArtifacts(http, store.url(), run, limits.fileTimeout()))
                .node();
    }

    /** What a copy of a run's directory holds. */
    public Evidence read(Path copy) {
        return read(new FolderArtifacts(copy));
    }

    private Evidence read(Artifacts artifacts) {
        return runReader(artifacts).read();
    }

    private RunArtifactsReader runReader(Artifacts artifacts) {
        return new RunArtifactsReader(
                artifacts, limits, junitNames, clock.instant().plus(limits.runTimeout()), clock);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
