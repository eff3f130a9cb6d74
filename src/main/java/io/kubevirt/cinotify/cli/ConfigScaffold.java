// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.text.Plural;
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

/** A configuration that passes the checks and works at once, with comments, and a mark at each guess. */
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

    SequencedMap<String, String> files() {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put("ci-notify.yaml", configYaml());
        files.put("group.md", GROUP);
        files.put("sigs.yaml", sigs());
        files.put("kustomization.yaml", KUSTOMIZATION);
        files.put("ci-notify.schema.json", schema());
        return files;
    }

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

    /** All repositories with jobs and the number of jobs. Repositories without jobs need no route. */
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
                                + (isServed(entry.getKey()) ? "" : "; not in plugins.yaml, so hook sends nothing")
                                + "\n")
                        .collect(Collectors.joining());
    }

    private static String number(long jobs) {
        return Plural.of(jobs, "job");
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
        # The SIGs, in the format of Kubernetes' sigs.yaml; these are the ones in job names.
        sigs:
        """;

    private static final String KUSTOMIZATION = """
        apiVersion: kustomize.config.k8s.io/v1beta1
        kind: Kustomization

        # Generates the ConfigMap. Its name has no hash suffix, so that the running plugin reloads the files when they change.
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
              because: the job name contains the SIG
        """;

    private static final String CONFIG_YAML = """
        # yaml-language-server: $schema=ci-notify.schema.json
        #
        # Written by "ci-notify init" from plugins.yaml and %JOBS% jobs. Guesses are marked with CHANGE.
        # docs/settings.md documents each setting; config/ci-notify.yaml is a large example.

        prow:
          # Only URLs of runs on these hosts, with artifacts in these buckets, are trusted.
          hosts: [%HOST%]  # CHANGE
          buckets: [%BUCKET%]  # CHANGE
          # A job can set its SIG and area by the annotations ci-notify.%HOST%/sig and ci-notify.%HOST%/area.
          annotationPrefix: ci-notify.%HOST%

        # Areas of responsibility: each incident has one, and the table in group.md has a column for each.
        areas:
          operations:
            description: the clusters and Prow itself
          support:
            description: failing tests and their owners

        roster:
          document: group.md
          sigs: sigs.yaml
          workingHours: 09:00-17:00
          # Details that the table cannot hold, for example:
          #   members:
          #     somebody: {zone: Europe/Berlin, daysOff: [{from: 2026-12-24, until: 2027-01-01}]}

        # Who may see runs and incidents. Webhooks show whether a repository is public; without webhooks, set it here, for example
        #   visibility: {ORG: public, ORG/REPO: private}
        visibility: {}

        # The areas of failures that Prow explains: a pod that could not be scheduled, a rejected configuration.
        diagnosis:
          areas:
            infrastructure: operations
            config: operations

        # Missing runs; needs --prowjob-namespace or --deck.
        timeliness:
          areas:
            missingRun: operations
            stalledCluster: operations
            silentProw: operations

        # The owner of a failing job: the first matching rule, then the repository, then the default.
        routing:
        %RULES%
          # The SIG of each repository; none if no SIG owns it.
        %REPOSITORIES%
          default: {sig: none, area: support}
        """;
}
