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
        List<Preset> presets,
        TidePolicies tide,
        Namespaces namespaces,
        List<ConfigProblem> problems) {
    /** Without a {@code config.yaml}. */
    public static final ProwSettings NONE = new ProwSettings(
            DecorationDefaults.NONE,
            UrlPrefixes.NONE,
            new DeckSettings(Map.of(), Set.of(), Set.of()),
            List.of(),
            TidePolicies.NONE,
            new Namespaces("default", "default"),
            List.of());

    /**
     * @param bucketAliases the bucket that is read instead of another one
     * @param hiddenRepositories org or org/repo
     */
    public record DeckSettings(
            Map<String, String> bucketAliases, Set<String> allowedBuckets, Set<String> hiddenRepositories) {}

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
        return new ProwSettings(decoration, pages, deck, presets, tide, namespaces, List.copyOf(found));
    }
}
