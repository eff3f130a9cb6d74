// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Prow's default decoration configs, in order: each matching one overrides what it sets of the ones before. */
public record DecorationDefaults(List<DecorationEntry> entries) {
    public static final DecorationDefaults NONE = new DecorationDefaults(List.of());

    private static final Set<String> ANY = Set.of("", "*");

    /** What applies to the runs of a repository (org, org/repo, empty or * for all) on a cluster (empty or * for all). */
    public record DecorationEntry(String repository, String cluster, GcsConfiguration gcs) {
        private boolean matches(String repo, String ofCluster) {
            int slash = repo.indexOf('/');
            return (ANY.contains(cluster) || cluster.equals(ofCluster))
                    && (ANY.contains(repository)
                            || repository.equals(repo)
                            || repository.equals(slash < 0 ? repo : repo.substring(0, slash)));
        }
    }

    public DecorationDefaults {
        entries = List.copyOf(entries);
    }

    /** @param repository null for runs without any repository, which only entries for all repositories match */
    public GcsConfiguration resolve(@Nullable String repository, @Nullable String cluster) {
        String repo = repository == null ? "" : withoutReviewSuffix(repository);
        String onCluster = cluster == null || cluster.isEmpty() ? "default" : cluster;
        GcsConfiguration merged = GcsConfiguration.NONE;
        for (DecorationEntry entry : entries) {
            merged = entry.matches(repo, onCluster) ? entry.gcs().orElse(merged) : merged;
        }
        return merged;
    }

    /** A repository of Gerrit is configured by its host without {@code -review}. */
    private static String withoutReviewSuffix(String repository) {
        String bare = GcsConfiguration.withoutScheme(repository);
        int dot = bare.indexOf("-review.");
        boolean isGerrit = bare.length() < repository.length()
                && dot > 0
                && !bare.substring(0, dot).contains("/");
        return isGerrit ? bare.substring(0, dot) + bare.substring(dot + "-review".length()) : bare;
    }

    /** All buckets, sorted. */
    public SequencedSet<Bucket> buckets() {
        SequencedSet<Bucket> buckets = new TreeSet<>();
        entries.stream()
                .map(entry -> entry.gcs().bucket())
                .filter(bucket -> bucket != null)
                .forEach(buckets::add);
        return buckets;
    }
}
