// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.artifacts.EvidenceReader;
import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.artifacts.ReadLimits;
import io.kubevirt.cinotify.artifacts.RunNode;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.EvidenceConfig;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RunUrlParseResult;
import io.kubevirt.cinotify.prow.RunUrlReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the artifacts of runs where the settings, or a person on the command line, say that they lie. */
public final class ArtifactLocator implements AutoCloseable {

    private final EvidenceReader reader;
    private final @Nullable ObjectStoreEndpoint override;

    /**
     * @param settings those in force
     * @param override in place of the address in the settings; null for that
     * @param patience how long an answer may take to begin, and again to end; null for the usual time
     */
    public ArtifactLocator(
            Config settings, @Nullable ObjectStoreEndpoint override, @Nullable Duration patience, InstantSource clock) {
        EvidenceConfig evidence = settings.file().evidence();
        List<String> names =
                evidence == null ? List.of() : Objects.requireNonNullElse(evidence.junitFiles(), List.of());
        this.reader = new EvidenceReader(
                patience == null ? ReadLimits.DEFAULT : ReadLimits.DEFAULT.withFileTimeout(patience), names, clock);
        this.override = override;
    }

    /** Whether anything is to be fetched at all. */
    public boolean isConfigured(Config settings) {
        return override != null || settings.file().evidence() != null;
    }

    /** What a run left behind; blocks. Empty if nobody can know where that lies. */
    public Optional<Evidence> read(Config settings, JobRun run) {
        return directory(settings, run).map(directory -> reader.read(address(settings), directory));
    }

    /** The node that a run's pod was on; blocks. Empty if nobody can know. */
    Optional<RunNode> node(Config settings, JobRun run) {
        return directory(settings, run).flatMap(directory -> reader.node(address(settings), directory));
    }

    /** What a copy of a run's directory holds. */
    public Evidence read(Path copy) {
        return reader.read(copy);
    }

    /** The run of a page, as far as the page's address tells; empty if the settings do not trust it. */
    public static Optional<JobRun> run(Config settings, String page) {
        return trustedUrl(settings, page).map(url -> JobRun.builder(
                        url.job(), Objects.requireNonNullElse(url.type(), JobType.PERIODIC), JobState.FAILURE)
                .description("Job failed.")
                .repository(url.repository())
                .build(url.buildId(), page)
                .build());
    }

    private ObjectStoreEndpoint address(Config settings) {
        EvidenceConfig evidence = settings.file().evidence();
        return override != null
                ? override
                : evidence != null ? evidence.address() : new ObjectStoreEndpoint(EvidenceConfig.DEFAULT_ENDPOINT);
    }

    private static Optional<RunUrl> directory(Config settings, JobRun run) {
        return run.url() != null
                ? trustedUrl(settings, run.url())
                : settings.addresses().buckets().stream()
                        .sorted()
                        .flatMap(bucket -> RunUrl.of(bucket, run).stream())
                        .findFirst();
    }

    private static Optional<RunUrl> trustedUrl(Config settings, String page) {
        return Stream.of(new RunUrlReader(settings.addresses()).read(page))
                .filter(RunUrlParseResult.Found.class::isInstance)
                .map(reading -> ((RunUrlParseResult.Found) reading).url())
                .findFirst();
    }

    @Override
    public void close() {
        reader.close();
    }
}
