// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.prow.UrlPrefixes.Prefix;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What ci-notify uses of Prow's own configuration, {@code config.yaml}. Other keys are ignored, and so is a value that
 * is not valid: it is a problem, and the rest applies.
 */
public record ProwSettings(
        DecorationDefaults decoration,
        UrlPrefixes pages,
        DeckSettings deck,
        Reporters reporters,
        List<Preset> presets,
        Map<String, Boolean> inRepoConfig,
        TidePolicies tide,
        Namespaces namespaces,
        List<ConfigProblem> problems) {
    /** Without a {@code config.yaml}. */
    public static final ProwSettings NONE = new ProwSettings(
            DecorationDefaults.NONE,
            UrlPrefixes.NONE,
            new DeckSettings(List.of(), Map.of(), Set.of(), Set.of()),
            new Reporters(Map.of(), List.of(), List.of(), List.of()),
            List.of(),
            Map.of(),
            TidePolicies.NONE,
            new Namespaces("default", "default"),
            List.of());

    /**
     * @param bucketAliases the bucket that is read instead of another one
     * @param hiddenRepositories org or org/repo
     */
    public record DeckSettings(
            List<Lens> lenses,
            Map<String, String> bucketAliases,
            Set<String> allowedBuckets,
            Set<String> hiddenRepositories) {}

    /** A lens of Spyglass, with the patterns of the files that it shows, which must all or may match. */
    public record Lens(String name, List<String> requiredFiles, List<String> optionalFiles) {}

    /**
     * What Prow itself reports.
     *
     * @param slack by org/repo, org or *; the first one found applies, without merging
     * @param gitHubJobTypes empty for Prow's default, presubmits and postsubmits
     */
    public record Reporters(
            Map<String, SlackReporter> slack,
            List<String> gitHubJobTypes,
            List<String> noCommentRepositories,
            List<String> summaryCommentRepositories) {}

    /** Reports to a Slack channel; the host names a workspace. */
    public record SlackReporter(
            @Nullable String channel,
            @Nullable String host,
            List<String> jobTypes,
            List<String> jobStates,
            @Nullable Boolean report) {}

    /** Environment variables of the jobs whose labels include all of these. */
    public record Preset(Map<String, String> labels, Map<String, String> env, int line) {
        /** The variables of a job: its own, which take precedence, and those of the presets that apply to it. */
        static Map<String, String> environment(Job job, List<Preset> presets) {
            Map<String, String> variables = null;
            for (Preset preset : presets) {
                if (preset.appliesTo(job.labels())) {
                    variables = variables == null ? new HashMap<>(job.env()) : variables;
                    preset.env().forEach(variables::putIfAbsent);
                }
            }
            return variables == null ? job.env() : variables;
        }

        public boolean appliesTo(Map<String, String> jobLabels) {
            return jobLabels.entrySet().containsAll(labels.entrySet());
        }
    }

    /** Of ProwJobs and of their pods. */
    public record Namespaces(String prowJobs, String pods) {}

    /** The entry for org/repo, else for the org, else for {@code *}. */
    static <T> Optional<T> ofRepository(Map<String, T> entries, @Nullable Repository repository) {
        T found = repository == null ? null : entries.get(repository.fullName());
        found = found == null && repository != null ? entries.get(repository.org()) : found;
        return Optional.ofNullable(found == null ? entries.get("*") : found);
    }

    /** All prefixes of pages of runs, also those of default decoration configs. */
    List<Prefix> prefixes() {
        return Stream.concat(
                        pages.byRepository().values().stream(),
                        decoration.entries().stream()
                                .flatMap(entry -> Stream.ofNullable(entry.gcs().jobUrlPrefix())))
                .distinct()
                .map(Prefix::parse)
                .toList();
    }

    /** The buckets that Prow writes to or deck reads, sorted. */
    public Set<Bucket> buckets() {
        Set<Bucket> buckets = decoration.buckets();
        Stream.concat(deck.allowedBuckets().stream(), deck.bucketAliases().values().stream())
                .map(Bucket::parse)
                .forEach(buckets::add);
        return buckets;
    }

    /** Where the reporter of Prow sends the runs of a repository. */
    public Optional<SlackReporter> slackReporter(@Nullable Repository repository) {
        return ofRepository(reporters.slack(), repository);
    }

    /** Whether jobs of the repository may be in the repository itself, and so in no central file. */
    public boolean hasInRepoConfig(Repository repository) {
        return ofRepository(inRepoConfig, repository).orElse(false);
    }

    /** Whether a public deck hides the runs of the repository. */
    public boolean isHidden(Repository repository) {
        return deck.hiddenRepositories().contains(repository.fullName())
                || deck.hiddenRepositories().contains(repository.org());
    }

    /** Where the artifacts of a run are by the default decoration configs. */
    public GcsConfiguration storage(JobRun run) {
        return decoration.resolve(
                run.repository() == null ? null : run.repository().fullName(), run.cluster());
    }

    ProwSettings withProblems(List<ConfigProblem> found) {
        return new ProwSettings(
                decoration, pages, deck, reporters, presets, inRepoConfig, tide, namespaces, List.copyOf(found));
    }
}
