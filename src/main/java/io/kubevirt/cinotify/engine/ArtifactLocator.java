// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.EvidenceReader;
import io.kubevirt.cinotify.artifacts.EvidenceReader.RunNode;
import io.kubevirt.cinotify.artifacts.ObjectStore;
import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.artifacts.ObjectStores;
import io.kubevirt.cinotify.artifacts.ReadLimits;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.diagnosis.EvidenceConfig;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.RunDirectory;
import io.kubevirt.cinotify.prow.RunUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Finds and reads the artifacts of runs in the object store of the configuration or of the command line. */
public final class ArtifactLocator implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ArtifactLocator.class);
    private final Set<Bucket> unknownBuckets = ConcurrentHashMap.newKeySet();
    private final EvidenceReader reader;
    private final @Nullable ObjectStoreEndpoint override;
    private final InstantSource clock;
    private @Nullable ObjectStores stores;

    /**
     * @param override replaces the configured object store; null for none
     * @param timeout the limit until a response begins, and again until it ends; null for the default
     */
    public ArtifactLocator(
            Config config, @Nullable ObjectStoreEndpoint override, @Nullable Duration timeout, InstantSource clock) {
        EvidenceConfig evidence = config.file().evidence();
        List<String> names = evidence == null ? List.of() : evidence.junitFiles();
        this.reader = new EvidenceReader(
                timeout == null ? ReadLimits.DEFAULT : ReadLimits.DEFAULT.withFileTimeout(timeout), names, clock);
        this.override = override;
        this.clock = clock;
    }

    public boolean isConfigured(Config config) {
        return override != null || config.file().evidence() != null;
    }

    /** Reads the artifacts of a run; blocks. Empty if their location is unknown. */
    public Optional<Evidence> read(Config config, JobRun run) {
        return directory(config, run)
                .flatMap(directory -> store(config, directory).map(store -> reader.read(store, directory)));
    }

    /** Reads the node of the pod of a run; blocks. Empty if the location of the artifacts is unknown. */
    Optional<RunNode> node(Config config, JobRun run) {
        return directory(config, run)
                .flatMap(directory -> store(config, directory).flatMap(store -> reader.node(store, directory)));
    }

    /** Reads the commit that a run of a periodic job tested; blocks. Empty text if there is none, no value for later. */
    Optional<String> repoCommit(Config config, JobRun run) {
        return directory(config, run)
                .flatMap(directory -> store(config, directory).map(store -> reader.repoCommit(store, directory)))
                .orElse(Optional.of(""));
    }

    /** Reads finished.json of a run; blocks. Empty if it is missing, cannot be read, or its location is unknown. */
    Optional<Evidence.FinishedMetadata> finished(Config config, JobRun run) {
        return directory(config, run)
                .flatMap(directory -> store(config, directory).flatMap(store -> reader.finished(store, directory)));
    }

    public Evidence read(Path copy) {
        return reader.read(copy);
    }

    /** The run of a deck URL, with the fields in the URL; empty if the configuration does not trust the URL. */
    public static Optional<JobRun> run(Config config, String page) {
        return trustedUrl(config, page).map(url -> JobRun.builder(
                        url.job(), Objects.requireNonNullElse(url.type(), JobType.PERIODIC), JobState.FAILURE)
                .description("Job failed.")
                .repository(url.repository())
                .build(url.buildId(), page)
                .build());
    }

    private Optional<ObjectStore> store(Config config, RunDirectory directory) {
        Optional<ObjectStore> store = stores(config).of(directory.bucket());
        if (store.isEmpty() && unknownBuckets.add(directory.bucket())) {
            LOG.warnf(
                    "no artifacts of %s: no store is configured for it; add it to evidence.stores", directory.bucket());
        }
        return store;
    }

    /** Kept as long as the settings are the same: it has access tokens. */
    private synchronized ObjectStores stores(Config config) {
        EvidenceConfig evidence = config.file().evidence();
        ObjectStores.Location location = override != null
                ? new ObjectStores.Location(override, List.of(), config.folder())
                : evidence == null
                        ? new ObjectStores.Location(
                                new ObjectStoreEndpoint(ObjectStores.GOOGLE), List.of(), config.folder())
                        : new ObjectStores.Location(evidence.address(), evidence.stores(), config.folder());
        ObjectStores current = stores;
        if (current == null || !current.location().equals(location)) {
            current = new ObjectStores(location, clock);
            stores = current;
        }
        return current;
    }

    /** What is wrong with the credentials of the stores; the messages are for the operator. */
    public List<String> credentialProblems(Config config) {
        return stores(config).credentialProblems().toList();
    }

    /** A URL that names only job and build leaves the directory to Prow's configuration. */
    private static Optional<RunDirectory> directory(Config config, JobRun run) {
        Optional<RunUrl> url = run.url() == null ? Optional.empty() : trustedUrl(config, run.url());
        if (run.url() != null && url.isEmpty()) {
            return Optional.empty();
        }
        return url.map(RunUrl::directory).or(() -> config.runUrls().directory(run));
    }

    private static Optional<RunUrl> trustedUrl(Config config, String page) {
        return config.runUrls().read(page).found();
    }

    @Override
    public void close() {
        reader.close();
    }
}
