// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.http.HttpClients;
import io.kubevirt.cinotify.prow.RunDirectory;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the artifacts of runs, each file once: the caller retries. Blocks; safe for concurrent use. */
public final class EvidenceReader implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient http = HttpClients.connectingWithin(CONNECT_TIMEOUT);
    private final ReadLimits limits;
    private final List<String> junitNames;
    private final InstantSource clock;

    /** The files {@code junitNames} are looked for if the store cannot list; the clock limits the time per run. */
    public EvidenceReader(ReadLimits limits, List<String> junitNames, InstantSource clock) {
        this.limits = limits;
        this.junitNames = List.copyOf(junitNames);
        this.clock = clock;
    }

    /** Reads the artifacts of a run from an object store. Never throws for a failure of the store. */
    public Evidence read(ObjectStore store, RunDirectory run) {
        return read(new HttpArtifacts(http, store, run, limits.fileTimeout()));
    }

    /** The node of the pod of a run; empty if unknown, or not yet known. Never throws for a failure of the store. */
    public Optional<RunNode> node(ObjectStore store, RunDirectory run) {
        return runReader(new HttpArtifacts(http, store, run, limits.fileTimeout()))
                .node();
    }

    /**
     * The commit in started.json that a run of a periodic job tested: empty text if there is none, no value if the store
     * cannot be reached.
     */
    public Optional<String> repoCommit(ObjectStore store, RunDirectory run) {
        return runReader(new HttpArtifacts(http, store, run, limits.fileTimeout()))
                .repoCommit();
    }

    /** The content of finished.json; empty if it is missing or cannot be read. Never throws for a failure of the store. */
    public Optional<Evidence.FinishedMetadata> finished(ObjectStore store, RunDirectory run) {
        return runReader(new HttpArtifacts(http, store, run, limits.fileTimeout()))
                .finished();
    }

    /** Reads a local copy of the directory of a run. */
    public Evidence read(Path directory) {
        return read(new FolderArtifacts(directory));
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

    /** The node of the pod of a run; its name is unique only within its cluster. */
    public record RunNode(String name, @Nullable String cluster) {}
}
