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
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.diagnosis.FailingTests;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Nearest;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.RunUrlReading;
import io.kubevirt.cinotify.prow.UrlRefusal;
import io.kubevirt.cinotify.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads runs as people and files describe them: with few fields, the job configuration fills in the rest. */
final class RunReader {

    private final Settings settings;

    RunReader(Settings settings) {
        this.settings = settings;
    }

    /** @throws InvalidDocument with every line that describes no run */
    List<Failure> readAll(Path file) throws InvalidDocument {
        return JsonLines.read(file, "--file", this::read);
    }

    /** @throws Unclear if it describes no run */
    Failure read(JsonNode described) throws Unclear {
        if (!described.isObject()) {
            throw new Unclear("is not an object");
        }
        return new Failure(run(described), tests(described.path("tests")));
    }

    private JobRun run(JsonNode described) throws Unclear {
        @Nullable RunUrl url = url(described);
        String name = Optional.ofNullable(text(described, "job"))
                .or(() -> Optional.ofNullable(url).map(RunUrl::job))
                .orElseThrow(() -> new Unclear("which job? Give --job NAME or --url BUILD_URL"));
        @Nullable Repository repository = repository(described);
        if (repository == null && url != null) {
            repository = url.repository();
        }
        @Nullable String baseRef = text(described, "baseRef");
        Optional<Job> job = settings.jobs().byName(name, repository, baseRef);
        JobType type = known(text(described, "type"), JobType::named, JobType.values(), "type of job")
                .or(() -> job.map(Job::type))
                .or(() -> Optional.ofNullable(url).map(RunUrl::type))
                .orElse(JobType.PRESUBMIT);
        JobState state = known(text(described, "state"), JobState::named, JobState.values(), "state of a run")
                .orElse(JobState.FAILURE);
        RunDetails details = new RunDetails(described);
        return JobRun.of(name, type, state)
                .repository(repository == null ? job.map(Job::repository).orElse(null) : repository)
                .baseRef(baseRef)
                .cluster(text(described, "cluster"))
                .description(Objects.requireNonNullElse(
                        text(described, "description"), state == JobState.FAILURE ? "Job failed." : ""))
                .build(
                        url == null ? text(described, "buildId") : url.buildId(),
                        url == null ? null : text(described, "url"))
                .pulls(details.pulls())
                .times(details.times())
                .annotations(details.annotations())
                .build();
    }

    private static FailingTests tests(JsonNode names) {
        List<String> tests = new ArrayList<>();
        names.forEach(name -> tests.add(name.asText()));
        return new FailingTests(tests);
    }

    /** An address that the settings do not trust is passed over where the job is named, else there is nothing to go by. */
    private @Nullable RunUrl url(JsonNode described) throws Unclear {
        String address = text(described, "url");
        if (address == null) {
            return null;
        }
        return switch (new RunUrlReader(settings.addresses()).read(address)) {
            case RunUrlReading.Found(RunUrl url) -> url;
            case RunUrlReading.Refused(UrlRefusal reason) when text(described, "job") != null -> null;
            case RunUrlReading.Refused(UrlRefusal reason) ->
                throw new Unclear("\"" + address + "\" is not the page of a run that the settings trust ("
                        + reason.word() + "); mend it, or prow.hosts and prow.buckets in the settings");
        };
    }

    /** Either {@code repo: org/name}, or {@code org} and {@code repo}. */
    static @Nullable Repository repository(JsonNode described) throws Unclear {
        String repo = text(described, "repo");
        if (repo == null) {
            return null;
        }
        String org = text(described, "org");
        String fullName = repo.contains("/") || org == null ? repo : org + "/" + repo;
        return Repository.parse(fullName)
                .orElseThrow(() -> new Unclear("\"" + fullName + "\" is not of the form org/repo"));
    }

    /** Files made from tables leave a field empty where another leaves it out. */
    static @Nullable String text(JsonNode described, String field) {
        JsonNode value = described.path(field);
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank() ? value.asText() : null;
    }

    private static <T> Optional<T> known(
            @Nullable String word, Function<String, Optional<T>> named, T[] all, String kind) throws Unclear {
        if (word == null) {
            return Optional.empty();
        }
        Optional<T> found = named.apply(word);
        if (found.isEmpty()) {
            List<String> words = Stream.of(all)
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .toList();
            throw new Unclear("\"" + word + "\" is no " + kind
                    + Nearest.to(word, words)
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse("; known are " + String.join(", ", words)));
        }
        return found;
    }
}
