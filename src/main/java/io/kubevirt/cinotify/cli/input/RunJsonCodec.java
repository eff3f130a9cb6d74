// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.artifacts.Evidence;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.prow.GitHubServer.PullLink;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobRun.RunTimes;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Pull;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunUrl;
import io.kubevirt.cinotify.prow.RunUrlParseResult;
import io.kubevirt.cinotify.prow.RunUrlParseResult.RunUrlRejection;
import io.kubevirt.cinotify.routing.FailingTests;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.yaml.ClosestMatch;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes runs as JSON. A few fields are enough to describe one, the job configuration fills in the rest: pull
 * requests come as {@code pull} and {@code sha} or as {@code pulls}, each a number or an object.
 */
public record RunJsonCodec(Config config) {
    public List<ExplainInput> readAll(Path file) throws InvalidConfigException {
        return JsonLines.read(file, "--file", this::read);
    }

    public ExplainInput read(JsonNode input) throws InvalidInputException {
        if (!input.isObject()) {
            throw new InvalidInputException("is not an object");
        }
        return new ExplainInput(run(input), tests(input.path("tests")));
    }

    /**
     * The same, of one job that a person names.
     *
     * @throws InvalidInputException if there is no such job, or several in different repositories
     */
    public ExplainInput readOne(JsonNode input) throws InvalidInputException {
        ExplainInput read = read(input);
        JobRun run = read.run();
        Optional<PullLink> pull = pull(input);
        boolean named = pull.isPresent() || text(input, "url") == null;
        if (named && !config.jobs().all().isEmpty() && !config.diagnoser().isPluginRun(run)) {
            requireOneJob(
                    run.job(),
                    Optional.ofNullable(repository(input))
                            .or(() -> pull.map(PullLink::repository))
                            .orElse(null),
                    text(input, "type"));
        }
        return read;
    }

    private void requireOneJob(String name, @Nullable Repository repository, @Nullable String type)
            throws InvalidInputException {
        List<Job> jobs = config.jobs().named(name);
        if (jobs.isEmpty()) {
            List<String> near = ClosestMatch.several(
                    name, config.jobs().all().stream().map(Job::name).distinct().toList());
            throw new InvalidInputException("the job configuration has no job \"" + name + "\""
                    + (near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?"));
        }
        List<String> choices = jobs.stream()
                .filter(job -> repository == null || repository.equals(job.repository()))
                .filter(job -> type == null || job.type().prowName().equals(type))
                .map(job -> repository == null && job.repository() != null && job.type() != JobType.PERIODIC
                        ? "--repo " + job.repository()
                        : "--type " + job.type().prowName())
                .distinct()
                .sorted()
                .toList();
        if (choices.size() > 1) {
            throw new InvalidInputException(Plural.of(jobs.size(), "job") + " are named \"" + name
                    + "\"; choose one with " + String.join(", ", choices));
        }
    }

    private JobRun run(JsonNode input) throws InvalidInputException {
        @Nullable RunUrl url = url(input);
        String name = Optional.ofNullable(text(input, "job"))
                .or(() -> Optional.ofNullable(url).map(RunUrl::job))
                .orElseThrow(() -> new InvalidInputException("no job given; use --job NAME or --url BUILD_URL"));
        @Nullable Repository repository = repository(input);
        Optional<PullLink> pull = pull(input);
        if (repository == null) {
            repository = url == null ? pull.map(PullLink::repository).orElse(null) : url.repository();
        }
        @Nullable String baseRef = text(input, "baseRef");
        Optional<Job> job = config.jobs().byName(name, repository, baseRef);
        JobType type = parse(text(input, "type"), JobType::named, JobType.values(), "job type")
                .or(() -> job.map(Job::type))
                .or(() -> Optional.ofNullable(url).map(RunUrl::type))
                .orElse(JobType.PRESUBMIT);
        JobState state = parse(text(input, "state"), JobState::named, JobState.values(), "run state")
                .orElse(JobState.FAILURE);
        return JobRun.builder(name, type, state)
                .repository(repository == null ? job.map(Job::repository).orElse(null) : repository)
                .baseRef(baseRef)
                .baseSha(text(input, "baseSha"))
                .cluster(text(input, "cluster"))
                .description(Objects.requireNonNullElse(
                        text(input, "description"), state == JobState.FAILURE ? "Job failed." : ""))
                .build(url == null ? text(input, "buildId") : url.buildId(), url == null ? null : text(input, "url"))
                .pulls(pulls(input, pull))
                .times(times(input))
                .annotations(annotations(input))
                .build();
    }

    private static Optional<PullLink> pull(JsonNode input) {
        return Optional.ofNullable(text(input, "url")).flatMap(PullLink::parse);
    }

    private static FailingTests tests(JsonNode names) {
        List<String> tests = new ArrayList<>();
        names.forEach(name -> tests.add(name.asText()));
        return new FailingTests(tests);
    }

    /** A URL that the configuration does not trust is ignored if the job is named. */
    private @Nullable RunUrl url(JsonNode input) throws InvalidInputException {
        String address = text(input, "url");
        if (address == null) {
            return null;
        }
        return switch (config.runUrls().read(address)) {
            case RunUrlParseResult.Found(RunUrl url) -> url;
            case RunUrlParseResult.Rejected rejected when text(input, "job") != null -> null;
            case RunUrlParseResult.Rejected rejected
            when PullLink.parse(address).isPresent() ->
                throw new InvalidInputException("\"" + address + "\" is a pull request, not the page of a run; name the"
                        + " job as well with --job NAME, or use the URL that Details of its failed check links to");
            case RunUrlParseResult.Rejected(RunUrlRejection reason, String fix) ->
                throw new InvalidInputException(
                        "\"" + address + "\" is not the page of a run on a configured host and bucket ("
                                + reason.value() + "); " + fix);
        };
    }

    /** Either {@code repo: org/name}, or {@code org} and {@code repo}. */
    static @Nullable public Repository repository(JsonNode input) throws InvalidInputException {
        String repo = text(input, "repo");
        if (repo == null) {
            return null;
        }
        String org = text(input, "org");
        String fullName = repo.contains("/") || org == null ? repo : org + "/" + repo;
        return Repository.parse(fullName)
                .orElseThrow(() -> new InvalidInputException("\"" + fullName + "\" is not of the form org/repo"));
    }

    /** The text of a field; null if it is missing or empty, as in files made from tables. */
    static @Nullable public String text(JsonNode input, String field) {
        JsonNode value = input.path(field);
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
            throw new InvalidInputException("unknown " + kind + " \"" + word + "\""
                    + ClosestMatch.find(word, words)
                            .map(nearest -> "; did you mean " + nearest + "?")
                            .orElse("; known: " + String.join(", ", words)));
        }
        return found;
    }

    private static List<Pull> pulls(JsonNode input, Optional<PullLink> link) {
        List<Pull> pulls = new ArrayList<>();
        link.map(PullLink::number).map(Pull::numbered).ifPresent(pulls::add);
        if (input.path("pull").canConvertToInt()) {
            pulls.add(new Pull(input.path("pull").intValue(), null, text(input, "sha")));
        }
        for (JsonNode pull : input.path("pulls")) {
            if (pull.canConvertToInt()) {
                pulls.add(Pull.numbered(pull.intValue()));
            } else if (pull.path("number").canConvertToInt()) {
                pulls.add(new Pull(pull.path("number").intValue(), text(pull, "author"), text(pull, "sha")));
            }
        }
        return pulls;
    }

    private static Map<String, String> annotations(JsonNode input) {
        Map<String, String> annotations = new HashMap<>();
        input.path("annotations")
                .properties()
                .forEach(entry ->
                        annotations.put(entry.getKey(), entry.getValue().asText()));
        return annotations;
    }

    private static RunTimes times(JsonNode input) throws InvalidInputException {
        return new RunTimes(
                firstInstant(input, "startedAt").orElse(null),
                null,
                firstInstant(input, "finishedAt", "completedAt").orElse(null));
    }

    public static Optional<Instant> firstInstant(JsonNode input, String... fields) throws InvalidInputException {
        for (String field : fields) {
            String written = text(input, field);
            if (written != null) {
                try {
                    return Optional.of(Instant.parse(written));
                } catch (DateTimeParseException e) {
                    throw new InvalidInputException(
                            field + ": \"" + written + "\" is not an instant; write it as 2026-07-15T10:00:00Z");
                }
            }
        }
        return Optional.empty();
    }

    /** Writes a run as the line of a history; {@link #read} reads it. */
    public static ObjectNode write(JobRun run, Instant at, ObjectNode line) {
        put(line, "job", run.job());
        put(line, "type", run.type().prowName());
        put(line, "state", run.state().prowName());
        put(line, "repo", run.repository() == null ? null : run.repository().fullName());
        put(line, "baseRef", run.baseRef());
        put(line, "baseSha", run.baseSha());
        if (!run.pulls().isEmpty()) {
            ArrayNode pulls = line.putArray("pulls");
            for (Pull pull : run.pulls()) {
                ObjectNode described = pulls.addObject().put("number", pull.number());
                put(described, "author", pull.author());
                put(described, "sha", pull.sha());
            }
        }
        put(line, "cluster", run.cluster());
        put(line, "buildId", run.buildId());
        put(line, "url", run.url());
        put(line, "description", run.description().isEmpty() ? null : run.description());
        put(line, "startedAt", text(run.times().started()));
        put(line, "finishedAt", text(run.times().completed()));
        put(line, "observedAt", at.toString());
        if (!run.annotations().isEmpty()) {
            ObjectNode annotations = line.putObject("annotations");
            run.annotations().forEach(annotations::put);
        }
        return line;
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private static void put(ObjectNode line, String field, @Nullable String value) {
        if (value != null) {
            line.put(field, value);
        }
    }

    /**
     * A failure to explain.
     *
     * @param evidence the artifacts; null if they were not read
     */
    public record ExplainInput(
            JobRun run, FailingTests tests, @Nullable Evidence evidence) {
        ExplainInput(JobRun run, FailingTests tests) {
            this(run, tests, null);
        }

        public ExplainInput with(Evidence artifacts) {
            return new ExplainInput(run, tests, artifacts);
        }
    }
}
