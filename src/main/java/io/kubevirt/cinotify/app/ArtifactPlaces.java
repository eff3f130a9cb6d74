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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.evidence.Bounds;
import io.kubevirt.cinotify.evidence.Evidence;
import io.kubevirt.cinotify.evidence.EvidenceReader;
import io.kubevirt.cinotify.evidence.RunNode;
import io.kubevirt.cinotify.evidence.StoreAddress;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.RunUrlReading;
import io.kubevirt.cinotify.settings.EvidenceSettings;
import io.kubevirt.cinotify.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the artifacts of runs where the settings, or a person on the command line, say that they lie. */
public final class ArtifactPlaces implements AutoCloseable {

    private final EvidenceReader reader;
    private final @Nullable StoreAddress override;

    /**
     * @param settings those in force
     * @param override in place of the address in the settings; null for that
     * @param patience how long an answer may take to begin, and again to end; null for the usual time
     */
    public ArtifactPlaces(
            Settings settings, @Nullable StoreAddress override, @Nullable Duration patience, InstantSource clock) {
        EvidenceSettings evidence = settings.file().evidence();
        List<String> names =
                evidence == null ? List.of() : Objects.requireNonNullElse(evidence.junitFiles(), List.of());
        this.reader = new EvidenceReader(patience == null ? Bounds.USUAL : Bounds.USUAL.within(patience), names, clock);
        this.override = override;
    }

    /** Whether anything is to be fetched at all. */
    public boolean areKnown(Settings settings) {
        return override != null || settings.file().evidence() != null;
    }

    /** What a run left behind; blocks. Empty if nobody can know where that lies. */
    public Optional<Evidence> read(Settings settings, JobRun run) {
        return directory(settings, run).map(directory -> reader.read(address(settings), directory));
    }

    /** The node that a run's pod was on; blocks. Empty if nobody can know. */
    Optional<RunNode> node(Settings settings, JobRun run) {
        return directory(settings, run).flatMap(directory -> reader.node(address(settings), directory));
    }

    /** What a copy of a run's directory holds. */
    public Evidence read(Path copy) {
        return reader.read(copy);
    }

    /** The run of a page, as far as the page's address tells; empty if the settings do not trust it. */
    public static Optional<JobRun> run(Settings settings, String page) {
        return found(settings, page).map(url -> JobRun.of(
                        url.job(), Objects.requireNonNullElse(url.type(), JobType.PERIODIC), JobState.FAILURE)
                .description("Job failed.")
                .repository(url.repository())
                .build(url.buildId(), page)
                .build());
    }

    private StoreAddress address(Settings settings) {
        EvidenceSettings evidence = settings.file().evidence();
        return override != null
                ? override
                : evidence != null ? evidence.address() : new StoreAddress(EvidenceSettings.DEFAULT_ENDPOINT);
    }

    private static Optional<RunUrl> directory(Settings settings, JobRun run) {
        return run.url() != null
                ? found(settings, run.url())
                : settings.addresses().buckets().stream()
                        .sorted()
                        .flatMap(bucket -> RunUrl.of(bucket, run).stream())
                        .findFirst();
    }

    private static Optional<RunUrl> found(Settings settings, String page) {
        return Stream.of(new RunUrlReader(settings.addresses()).read(page))
                .filter(RunUrlReading.Found.class::isInstance)
                .map(reading -> ((RunUrlReading.Found) reading).url())
                .findFirst();
    }

    @Override
    public void close() {
        reader.close();
    }
}
