// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RunUrlParseResult;
import io.kubevirt.cinotify.prow.RunUrlParseResult.RunUrlRejection;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.routing.FailingTests;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
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
public final class RunJsonCodec {

    private final Config settings;

    public RunJsonCodec(Config settings) {
        this.settings = settings;
    }

    /** @throws InvalidConfigException with every line that describes no run */
    public List<ExplainInput> readAll(Path file) throws InvalidConfigException {
        return JsonLines.read(file, "--file", this::read);
    }

    /** @throws InvalidInputException if it describes no run */
    public ExplainInput read(JsonNode described) throws InvalidInputException {
        if (!described.isObject()) {
            throw new InvalidInputException("is not an object");
        }
        return new ExplainInput(run(described), tests(described.path("tests")));
    }

    private JobRun run(JsonNode described) throws InvalidInputException {
        @Nullable RunUrl url = url(described);
        String name = Optional.ofNullable(text(described, "job"))
                .or(() -> Optional.ofNullable(url).map(RunUrl::job))
                .orElseThrow(() -> new InvalidInputException("which job? Give --job NAME or --url BUILD_URL"));
        @Nullable Repository repository = repository(described);
        if (repository == null && url != null) {
            repository = url.repository();
        }
        @Nullable String baseRef = text(described, "baseRef");
        Optional<Job> job = settings.jobs().byName(name, repository, baseRef);
        JobType type = parse(text(described, "type"), JobType::named, JobType.values(), "type of job")
                .or(() -> job.map(Job::type))
                .or(() -> Optional.ofNullable(url).map(RunUrl::type))
                .orElse(JobType.PRESUBMIT);
        JobState state = parse(text(described, "state"), JobState::named, JobState.values(), "state of a run")
                .orElse(JobState.FAILURE);
        RunDetails details = new RunDetails(described);
        return JobRun.builder(name, type, state)
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
    private @Nullable RunUrl url(JsonNode described) throws InvalidInputException {
        String address = text(described, "url");
        if (address == null) {
            return null;
        }
        return switch (new RunUrlReader(settings.addresses()).read(address)) {
            case RunUrlParseResult.Found(RunUrl url) -> url;
            case RunUrlParseResult.Rejected(RunUrlRejection reason) when text(described, "job") != null -> null;
            case RunUrlParseResult.Rejected(RunUrlRejection reason) ->
                throw new InvalidInputException("\"" + address + "\" is not the page of a run that the settings trust ("
                        + reason.value() + "); mend it, or prow.hosts and prow.buckets in the settings");
        };
    }

    /** Either {@code repo: org/name}, or {@code org} and {@code repo}. */
    static @Nullable public Repository repository(JsonNode described) throws InvalidInputException {
        String repo = text(described, "repo");
        if (repo == null) {
            return null;
        }
        String org = text(described, "org");
        String fullName = repo.contains("/") || org == null ? repo : org + "/" + repo;
        return Repository.parse(fullName)
                .orElseThrow(() -> new InvalidInputException("\"" + fullName + "\" is not of the form org/repo"));
    }

    /** Files made from tables leave a field empty where another leaves it out. */
    static @Nullable public String text(JsonNode described, String field) {
        JsonNode value = described.path(field);
        return value.isValueNode() && !value.isNull() && !value.asText().isBlank() ? value.asText() : null;
    }

    private static <T> Optional<T> parse(
            @Nullable String word, Function<String, Optional<T>> named, T[] all, String kind)
            throws InvalidInputException {
        if (word == null) {
            return Optional.empty();
        }
        Optional<T> found = named.apply(word);
        if (found.isEmpty()) {
            List<String> words = Stream.of(all)
                    .map(value -> value.toString().toLowerCase(Locale.ROOT))
                    .toList();
            throw new InvalidInputException("\"" + word + "\" is no " + kind
                    + ClosestMatch.find(word, words)
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse("; known are " + String.join(", ", words)));
        }
        return found;
    }
}
