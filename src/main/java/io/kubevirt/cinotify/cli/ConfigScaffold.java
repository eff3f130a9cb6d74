// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Settings that check well and do something sensible at once, with a reason at each line and a mark at each guess. */
final class ConfigScaffold {

    private static final Pattern SIG = Pattern.compile("(?:^|-)sig-([a-z][a-z0-9]*)");

    private final YamlDocument plugins;
    private final JobConfig jobs;
    private final String host;
    private final String bucket;

    ConfigScaffold(YamlDocument plugins, JobConfig jobs, @Nullable String host, @Nullable String bucket) {
        this.plugins = plugins;
        this.jobs = jobs;
        this.host = Optional.ofNullable(host).orElse("prow.example.org");
        this.bucket = Optional.ofNullable(bucket).orElse("example-logs");
    }

    /** What to write, by name. */
    SequencedMap<String, String> files() {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("ci-notify.yaml", configYaml());
        files.put("group.md", GROUP);
        files.put("sigs.yaml", sigs());
        files.put("kustomization.yaml", KUSTOMIZATION);
        files.put("ci-notify.schema.json", schema());
        return files;
    }

    /** For editors; the program carries it. */
    private static String schema() {
        try (InputStream schema = ConfigScaffold.class.getResourceAsStream("/ci-notify.schema.json")) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configYaml() {
        return CONFIG_YAML
                .replace("%JOBS%", Integer.toString(jobs.all().size()))
                .replace("%HOST%", host)
                .replace("%BUCKET%", bucket)
                .replace("%RULES%", sigNames().isEmpty() ? "  rules: []\n" : NAMED_SIG)
                .replace("%REPOSITORIES%", repositories());
    }

    /** Every repository that has jobs, with their number; those that Prow serves without jobs need no route. */
    private String repositories() {
        Map<Repository, Long> counts = jobs.all().stream()
                .filter(job -> job.repository() != null)
                .collect(Collectors.groupingBy(Job::repository, TreeMap::new, Collectors.counting()));
        if (counts.isEmpty()) {
            return "  repositories: {}\n";
        }
        return "  repositories:\n"
                + counts.entrySet().stream()
                        .map(entry -> "    " + entry.getKey() + ": none  # CHANGE: " + number(entry.getValue())
                                + (isServed(entry.getKey()) ? "" : "; not in plugins.yaml, so that hook sends nothing")
                                + "\n")
                        .collect(Collectors.joining());
    }

    private static String number(long jobs) {
        return jobs == 1 ? "1 job" : jobs + " jobs";
    }

    private boolean isServed(Repository repository) {
        return plugins.root().path("plugins").has(repository.org())
                || plugins.root().path("plugins").has(repository.toString());
    }

    private Set<String> sigNames() {
        Set<String> names = new TreeSet<>();
        jobs.all().forEach(job -> {
            Matcher matcher = SIG.matcher(job.name());
            if (matcher.find()) {
                names.add(matcher.group(1));
            }
        });
        return names;
    }

    private String sigs() {
        Set<String> names = sigNames().isEmpty() ? Set.of("example") : sigNames();
        return SIGS
                + names.stream()
                        .map(name -> "- name: " + name + "\n  dir: sig-" + name
                                + "\n  leadership:\n    chairs: []  # CHANGE: - github: somebody\n")
                        .collect(Collectors.joining());
    }

    private static final String GROUP = """
            # Who is responsible

            CHANGE: one row for each member. Availability is Mon-Fri or Sun-Thu, the level in each area Primary, Secondary or Backup.

            | Name | Availability | Time zone | Operations | Support |
            |------|--------------|-----------|------------|---------|
            | [Somebody](https://github.com/somebody) | Mon-Fri | GMT+0 | Primary | Primary |
            """;

    private static final String SIGS = """
            # The groups whose tests run, in the form of Kubernetes' own sigs.yaml; here those that jobs are named after.
            sigs:
            """;

    private static final String KUSTOMIZATION = """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization

            # Makes the ConfigMap of the files beside it. The name stays the same when they change: the running plugin reads them again.
            configMapGenerator:
            - name: ci-notify-config
              files:
              - ci-notify.yaml
              - group.md
              - sigs.yaml
            generatorOptions:
              disableNameSuffixHash: true
            """;

    private static final String NAMED_SIG = """
              rules:
                - name: named-sig
                  job: '(^|-)sig-(?P<sig>[a-z][a-z0-9.-]*)'
                  sig: '${sig}'
                  because: the name of the job says whose tests it runs
            """;

    private static final String CONFIG_YAML = """
            # yaml-language-server: $schema=ci-notify.schema.json
            #
            # Written by "ci-notify init" after a look at plugins.yaml and %JOBS% jobs. What it had to guess is marked with CHANGE.
            # docs/settings.md explains every setting; config/ci-notify.yaml is a large example.

            prow:
              # Only pages of runs on these hosts, with artifacts in these buckets, are believed.
              hosts: [%HOST%]  # CHANGE
              buckets: [%BUCKET%]  # CHANGE
              # A job may say itself where it belongs, by the annotations ci-notify.%HOST%/sig and ci-notify.%HOST%/area.
              annotationPrefix: ci-notify.%HOST%

            # Kinds of work: every incident has one, and the table in group.md a column for each.
            areas:
              operations:
                description: the clusters and Prow itself
              support:
                description: whatever the owners of a test can mend

            roster:
              document: group.md
              sigs: sigs.yaml
              workingHours: 09:00-17:00
              # What the table cannot say. For example:
              #   members:
              #     somebody: {zone: Europe/Berlin, daysOff: [{from: 2026-12-24, until: 2027-01-01}]}

            # Whose affair is what Prow itself explains: a pod that could not be scheduled, a configuration that it refuses.
            diagnosis:
              areas:
                infrastructure: operations
                config: operations

            # Jobs that do not run; needs --prowjob-namespace or --deck.
            timeliness:
              areas:
                missingRun: operations
                stalledCluster: operations
                silentProw: operations

            # Whose a failing job is: the first rule that matches, then the repository, then the default.
            routing:
            %RULES%
              # The SIG of each repository; none where no SIG looks after it.
            %REPOSITORIES%
              default: {sig: none, area: support}
            """;
}
