// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.cli.input.PluginConfig;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.RepositoryGuesses;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.ProwSettings;
import io.kubevirt.cinotify.prow.Repository;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What Prow's files show about the configuration to write.
 *
 * @param hosts of run pages, with http:// if not https
 * @param buckets of artifacts, without paths
 * @param given keys that options state, such as {@code prow.hosts}
 * @param hidden repositories and organizations that deck hides
 * @param sigWords the words after {@code sig-} in names of jobs that are no known SIG, with the number of jobs
 */
record ProwFacts(
        List<String> hosts,
        List<Bucket> buckets,
        Set<String> given,
        Set<String> hidden,
        Map<String, Integer> sigWords,
        int jobs,
        RepositoryGuesses guesses,
        PluginConfig plugins) {
    static final String HOSTS = "prow.hosts";
    static final String BUCKETS = "prow.buckets";
    private static final Pattern HOST = Pattern.compile("^(https?://)?([^/?#]+)");
    private static final Pattern SIG_WORD = Pattern.compile("(?:^|-)sig-([a-z][a-z0-9]*)");

    /** Before Prow's files are read. */
    static ProwFacts none(PluginConfig plugins) {
        return new ProwFacts(
                List.of(),
                List.of(),
                Set.of(),
                Set.of(),
                Map.of(),
                0,
                new RepositoryGuesses(new LinkedHashMap<>(), new LinkedHashMap<>()),
                plugins);
    }

    /** @param config that the jobs and Prow's {@code config.yaml} were loaded with */
    static ProwFacts of(Config config, PluginConfig plugins) {
        Map<String, Integer> words = new TreeMap<>();
        Set<String> known = new TreeSet<>();
        config.sigs().sigs().forEach(sig -> known.add(sig.shortName().split("-", 2)[0]));
        for (Job job : config.jobs().all()) {
            Matcher word = SIG_WORD.matcher(job.name());
            if (word.find() && !known.contains(word.group(1))) {
                words.merge(word.group(1), 1, Integer::sum);
            }
        }
        return new ProwFacts(
                hosts(config.prow()),
                buckets(config.prow()),
                Set.of(),
                new TreeSet<>(config.prow().deck().hiddenRepositories()),
                words,
                config.jobs().all().size(),
                RepositoryGuesses.of(config),
                plugins);
    }

    private static List<String> hosts(ProwSettings prow) {
        Set<String> hosts = new LinkedHashSet<>();
        new TreeMap<>(prow.pages().byRepository()).values().forEach(prefix -> host(prefix, hosts));
        prow.decoration().entries().stream()
                .flatMap(entry -> Stream.ofNullable(entry.gcs().jobUrlPrefix()))
                .forEach(prefix -> host(prefix, hosts));
        return List.copyOf(hosts);
    }

    private static void host(String prefix, Set<String> hosts) {
        Matcher host = HOST.matcher(prefix);
        if (host.find()) {
            String name = host.group(2).toLowerCase(Locale.ROOT);
            hosts.add("http://".equals(host.group(1)) ? "http://" + name : name);
        }
    }

    /** The buckets of the defaults for all repositories first. */
    private static List<Bucket> buckets(ProwSettings prow) {
        Stream<Bucket> defaults = prow.decoration().entries().stream()
                .flatMap(entry -> Stream.ofNullable(entry.gcs().bucket()));
        return Stream.concat(defaults, prow.buckets().stream())
                .map(bucket -> new Bucket(bucket.provider(), bucket.name(), ""))
                .distinct()
                .toList();
    }

    /** A bucket as {@code prow.buckets} names it. */
    static String setting(Bucket bucket) {
        return bucket.provider().equals(Bucket.GS) ? bucket.name() : bucket.toString();
    }

    /** These facts with what options state, which replaces what the files show. */
    ProwFacts with(List<String> givenHosts, List<Bucket> givenBuckets) {
        Set<String> keys = new TreeSet<>();
        if (!givenHosts.isEmpty()) {
            keys.add(HOSTS);
        }
        if (!givenBuckets.isEmpty()) {
            keys.add(BUCKETS);
        }
        return new ProwFacts(
                givenHosts.isEmpty() ? hosts : givenHosts,
                givenBuckets.isEmpty() ? buckets : givenBuckets,
                keys,
                hidden,
                sigWords,
                jobs,
                guesses,
                plugins);
    }

    /** Repositories with presubmits or postsubmits whose events hook does not send here; an org if it is all of its. */
    List<String> notDispatched(Config config) {
        Map<String, Set<String>> dispatched = new TreeMap<>();
        Map<String, Set<String>> missing = new TreeMap<>();
        for (Job job : config.jobs().all()) {
            Repository repository = job.repository();
            if (repository != null && job.type() != JobType.PERIODIC) {
                (plugins.isDispatched(repository) ? dispatched : missing)
                        .computeIfAbsent(repository.org(), org -> new TreeSet<>())
                        .add(repository.fullName());
            }
        }
        return missing.entrySet().stream()
                .flatMap(org ->
                        dispatched.containsKey(org.getKey()) || org.getValue().size() == 1
                                ? org.getValue().stream()
                                : Stream.of(org.getKey()))
                .toList();
    }
}
