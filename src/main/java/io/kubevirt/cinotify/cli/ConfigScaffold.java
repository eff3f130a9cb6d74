// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.config.CompletenessCheck;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.roster.SigDirectory;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that passes the checks once its placeholders are replaced. Comments give the reason of each guess;
 * CHANGE marks each placeholder.
 *
 * @param sigsYaml the sigs.yaml to use; null to list the SIGs of the folders
 * @param sigFolders SIGs with a folder {@code sig-NAME} in the job configuration
 * @param logins that set Prow's statuses
 * @param members GitHub logins of the group
 */
record ConfigScaffold(
        ProwFacts facts, @Nullable String sigsYaml, Set<String> sigFolders, List<String> logins, List<String> members) {
    private static final String EVERYTHING = "  \"*\": public  # as deck shows them to everybody";
    private static final String SIG_FOLDER = "sig-";
    static final String GROUP_FILE = "group.md";
    static final String SIGS_FILE = "sigs.yaml";
    static final String SCHEMA_FILE = "ci-notify.schema.json";
    private static final String GCS = "https://storage.googleapis.com";

    /**
     * The text of a sigs.yaml.
     *
     * @throws InvalidConfigException if it cannot be read, or is none
     */
    static @Nullable String sigsYaml(@Nullable Path sigs) throws InvalidConfigException {
        if (sigs == null) {
            return null;
        }
        try {
            String text = Files.readString(sigs);
            SigDirectory.read(YamlDocument.parse(sigs.toString(), text));
            return text;
        } catch (IOException e) {
            throw new InvalidConfigException(
                    ConfigProblem.ofFile(sigs.toString(), "cannot be read", "give your sigs.yaml with --sigs"));
        }
    }

    /** SIGs with a folder of their own: a folder is a whole name, unlike a word in the name of a job. */
    static Set<String> sigFolders(@Nullable Path jobConfigPath) throws IOException {
        if (jobConfigPath == null || !Files.isDirectory(jobConfigPath)) {
            return Set.of();
        }
        try (Stream<Path> tree = Files.walk(jobConfigPath, FileVisitOption.FOLLOW_LINKS)) {
            return tree.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> name.startsWith(SIG_FOLDER) && name.length() > SIG_FOLDER.length())
                    .map(name -> name.substring(SIG_FOLDER.length()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Loads the configuration without writing it anywhere that stays. */
    Config load(@Nullable Path jobConfigPath, @Nullable Path configFile, List<String> decks)
            throws InvalidConfigException, IOException {
        SequencedMap<String, String> files = files();
        Path folder = Files.createTempDirectory("ci-notify-init");
        try {
            for (Map.Entry<String, String> file : files.entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), file.getValue());
            }
            return new ConfigLoader(folder, jobConfigPath, configFile, decks, null).load();
        } finally {
            for (String name : files.keySet()) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        }
    }

    SequencedMap<String, String> files() {
        SequencedMap<String, String> files = new LinkedHashMap<>();
        files.put(ConfigLoader.FILE, configYaml());
        files.put(GROUP_FILE, group());
        files.put(SIGS_FILE, sigsYaml == null ? sigs() : sigsYaml);
        files.put("kustomization.yaml", KUSTOMIZATION);
        files.put(SCHEMA_FILE, schema());
        return files;
    }

    static String schema() {
        try (InputStream schema = ConfigScaffold.class.getResourceAsStream("/ci-notify.schema.json")) {
            return new String(Objects.requireNonNull(schema).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String configYaml() {
        return CONFIG_YAML
                .replace("%JOBS%", Plural.grouped(facts.jobs(), "job"))
                .replace("%PLUGINS%", Plural.of(facts.plugins().files(), "file"))
                .replace("%HOSTS%", hosts())
                .replace("%BUCKETS%", buckets())
                .replace("%LOGINS%", loginList())
                .replace("%PREFIX%", annotationPrefix())
                .replace("%VISIBILITY%", visibility())
                .replace("%EVIDENCE%", evidence())
                .replace("%REPOSITORIES%", repositories());
    }

    private String hosts() {
        return facts.hosts().isEmpty()
                ? "hosts: [" + CompletenessCheck.HOST + "]  # CHANGE to the host of deck: no config.yaml names it"
                : "hosts: [" + String.join(", ", facts.hosts()) + "]" + reason(ProwFacts.HOSTS, InitReport.PREFIXES);
    }

    private String buckets() {
        return facts.buckets().isEmpty()
                ? "buckets: [" + CompletenessCheck.BUCKET
                        + "]  # CHANGE to the bucket of gcs_configuration: no config.yaml" + " names it"
                : "buckets: ["
                        + facts.buckets().stream().map(ProwFacts::setting).collect(Collectors.joining(", ")) + "]"
                        + reason(ProwFacts.BUCKETS, InitReport.DECORATION);
    }

    private String loginList() {
        return logins.isEmpty()
                ? "# logins: [my-robot]"
                : "logins: [" + logins.stream().map(login -> "'" + login + "'").collect(Collectors.joining(", ")) + "]";
    }

    private String reason(String key, String source) {
        return facts.given().contains(key) ? "" : "  # from " + source;
    }

    private String annotationPrefix() {
        return facts.hosts().isEmpty()
                ? "ci-notify." + CompletenessCheck.HOST + "  # CHANGE to your domain"
                : "ci-notify."
                        + facts.hosts().getFirst().replaceFirst("^http://", "").replaceFirst(":.*", "");
    }

    private String visibility() {
        return facts.hidden().isEmpty()
                ? "visibility:\n" + EVERYTHING
                : "visibility:\n"
                        + facts.hidden().stream()
                                .map(name -> "  " + name + ": private  # from " + InitReport.HIDDEN)
                                .collect(Collectors.joining("\n"))
                        + "\n" + EVERYTHING;
    }

    /** The public endpoint of Google Cloud Storage; nothing shows where a store with the protocol of S3 is. */
    private String evidence() {
        List<Bucket> others = facts.buckets().stream()
                .filter(bucket -> !bucket.provider().equals(Bucket.GS))
                .toList();
        return others.isEmpty()
                ? "endpoint: " + GCS + "  # all buckets are of Google Cloud Storage"
                : "# A private bucket also needs its credentialsFile.\n  stores:\n"
                        + others.stream()
                                .map(bucket -> "    - bucket: " + bucket + "\n      endpoint: https://s3.example.org"
                                        + "  # CHANGE to the URL of the store; remove the line for Amazon S3")
                                .collect(Collectors.joining("\n"));
    }

    private String repositories() {
        StringBuilder text = new StringBuilder();
        if (!facts.guesses().known().isEmpty()) {
            text.append(
                    "  # Guesses, with their reasons. They count for jobs that nothing else routes.\n  repositories:\n");
            facts.guesses()
                    .known()
                    .forEach((repository, guess) ->
                            text.append("    %s: %s  # %s%n".formatted(repository, guess.sig(), guess.reason())));
        }
        if (!facts.guesses().unknown().isEmpty()) {
            text.append(
                    "  # No SIG is known for the jobs of these repositories. Add those that have one to repositories.\n");
            facts.guesses()
                    .unknown()
                    .forEach((repository, jobs) -> text.append("  #   %s: SIG  # %s%s%n"
                            .formatted(
                                    repository,
                                    Plural.of(jobs, "job"),
                                    facts.plugins().isEnabled(repository) ? "" : "; no plugin is enabled there")));
        }
        return text.toString();
    }

    private String group() {
        if (members.isEmpty()) {
            return GROUP.formatted(
                    "CHANGE: one row for each member, with the IANA name of the time zone.",
                    row(CompletenessCheck.MEMBER, 0));
        }
        StringBuilder rows = new StringBuilder();
        for (int index = 0; index < members.size(); index++) {
            rows.append(row(members.get(index), index));
        }
        return GROUP.formatted("One row for each member, with the IANA name of the time zone.", rows);
    }

    private static String row(String login, int index) {
        String level = List.of("Primary", "Secondary", "Backup").get(Math.min(index, 2));
        return "| [%1$s](https://github.com/%1$s) | Mon-Fri | UTC | %2$s | %2$s |%n".formatted(login, level);
    }

    private String sigs() {
        StringBuilder text = new StringBuilder("# The SIGs, in the format of Kubernetes' sigs.yaml.\n");
        if (sigFolders.isEmpty()) {
            text.append(
                    "# None are known: give your sigs.yaml to \"ci-notify init --sigs\", or add them as in this example:\n"
                            + "#   - name: Docks\n#     dir: sig-docks\n#     leadership: {chairs: [{github: LOGIN}]}\n");
        } else {
            text.append("# These have a folder sig-NAME in the job configuration. Add chairs: [{github: LOGIN}].\n");
        }
        if (!facts.sigWords().isEmpty()) {
            text.append("# Names of jobs have these words after \"sig-\"; which of them are SIGs is not known: ")
                    .append(Plural.first(
                            SHOWN,
                            facts.sigWords().entrySet().stream()
                                    .map(word -> word.getKey() + " (" + Plural.of(word.getValue(), "job") + ")")
                                    .toList()))
                    .append("\n");
        }
        text.append(sigFolders.isEmpty() ? "sigs: []\n" : "sigs:\n");
        sigFolders.forEach(
                name -> text.append("- name: %1$s%n  dir: sig-%1$s%n  leadership: {chairs: []}%n".formatted(name)));
        return text.toString();
    }

    private static final int SHOWN = 20;

    private static final String GROUP = """
        # Who is responsible

        %s
        Availability is Mon-Fri or Sun-Thu, the level in each area Primary, Secondary or Backup.

        | Name | Availability | Time zone | Operations | Support |
        |------|--------------|-----------|------------|---------|
        %s""";

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

    private static final String CONFIG_YAML = """
        # yaml-language-server: $schema=ci-notify.schema.json
        #
        # Written by "ci-notify init" from Prow's plugin configuration (%PLUGINS%) and %JOBS%. Comments give the reasons of guesses.
        # docs/settings.md documents each setting; config/ci-notify.yaml is a large example.

        prow:
          # Only URLs of runs on these hosts, with artifacts in these buckets, are trusted.
          %HOSTS%
          %BUCKETS%
          # Who sets Prow's statuses on GitHub, an App as 'my-app[bot]'. Without a list a status waits until finished.json confirms it.
          %LOGINS%
          # A job can set its SIG and area by the annotations PREFIX/sig and PREFIX/area.
          annotationPrefix: %PREFIX%

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

        # Who may see runs and incidents, by ORG or ORG/REPO. What a webhook or deck shows as private, and hidden jobs, stay private.
        %VISIBILITY%

        # The areas of failures that Prow explains: a pod that could not be scheduled, a rejected configuration.
        diagnosis:
          areas:
            infrastructure: operations
            config: operations

        # Where artifacts are, and the areas of failures that they explain.
        evidence:
          %EVIDENCE%
          nodeArea: operations

        # Missing runs; needs --prowjob-namespace or --deck.
        timeliness:
          areas:
            missingRun: operations
            stalledCluster: operations
            silentProw: operations

        # The owner of a failing job, by the first source that knows it; docs/settings.md lists them in their order.
        routing:
          rules:
            # Only for SIGs in sigs.yaml.
            - name: named-sig
              job: '(^|-)sig-(?P<sig>[a-z][a-z0-9.-]*)'
              sig: '${sig}'
              because: the job name contains the SIG
        %REPOSITORIES%\
          default: {sig: none, area: support}
        """;
}
