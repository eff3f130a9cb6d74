// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.cli.input.PluginConfig;
import io.kubevirt.cinotify.config.CompletenessCheck;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.text.Plural;
import io.kubevirt.cinotify.text.UnifiedDiff;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description =
                "Writes a commented configuration for your Prow from Prow's own files; shows what it would change in an"
                        + " existing one as a diff. Exits with 0 (written, or nothing to change), 1 (errors), 2 (usage error) or 3"
                        + " (the diff is not empty).",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    /** The existing configuration would change. */
    static final int WOULD_CHANGE = 3;

    private static final int SHOWN_PROBLEMS = 20;

    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "config",
            description =
                    "Directory to write to; existing files are not overwritten without --write (${DEFAULT-VALUE}).")
    Path directory;

    @Option(
            names = "--plugin-config",
            paramLabel = "FILE|DIR",
            required = true,
            arity = "1..*",
            description =
                    "Prow's plugins.yaml; also several files, or directories with files that end with plugins.yaml or"
                            + " _pluginconfig.yaml.")
    List<Path> pluginConfig;

    @Option(
            names = "--job-config-path",
            paramLabel = "DIR",
            required = true,
            description = "Directory, or mounted ConfigMap, with Prow's job configuration.")
    Path jobConfigPath;

    @Option(
            names = "--config-file",
            paramLabel = "FILE",
            description = "Prow's config.yaml: hosts, buckets, hidden repositories.")
    private @Nullable Path configFile;

    @Option(
            names = "--sigs",
            paramLabel = "FILE",
            description = "Your sigs.yaml, in the format of kubernetes/community; is copied.")
    private @Nullable Path sigs;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Host of deck, such as prow.example.org, if --config-file does not show it; repeatable.")
    private List<String> hosts = List.of();

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description =
                    "Bucket of the artifacts, with s3:// if it is not of Google Cloud Storage, if --config-file does not"
                            + " show it; repeatable.")
    private List<String> buckets = List.of();

    @Option(
            names = "--login",
            paramLabel = "LOGIN",
            description = "GitHub login that sets Prow's statuses, such as my-robot or my-app[bot]; repeatable.")
    private List<String> logins = List.of();

    @Option(
            names = "--member",
            paramLabel = "LOGIN",
            description = "GitHub login of a member of the group that is notified; repeatable.")
    private List<String> members = List.of();

    @Option(names = "--write", description = "Apply the changes to existing files instead of printing the diff.")
    private boolean write;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        PluginConfig plugins = PluginConfig.read(pluginConfig);
        String sigsYaml = ConfigScaffold.sigsYaml(sigs);
        return Files.exists(directory.resolve(ConfigLoader.FILE))
                ? update(plugins, sigsYaml)
                : create(plugins, sigsYaml);
    }

    private int create(PluginConfig plugins, @Nullable String sigsYaml) throws InvalidConfigException, IOException {
        Set<String> folders = sigsYaml == null ? ConfigScaffold.sigFolders(jobConfigPath) : Set.of();
        Config draft = new ConfigScaffold(ProwFacts.none(plugins), sigsYaml, folders, logins, members)
                .load(jobConfigPath, configFile, List.of());
        reportProwProblems(draft);
        ProwFacts facts = ProwFacts.of(draft, plugins).with(hosts, givenBuckets());
        SequencedMap<String, String> files = new ConfigScaffold(facts, sigsYaml, folders, logins, members).files();
        List<ConfigProblem> existing = existingFiles(files.keySet());
        PrintWriter out = spec.commandLine().getOut();
        if (!existing.isEmpty()) {
            existing.forEach(spec.commandLine().getErr()::println);
            return ErrorHandlers.PROBLEMS_FOUND;
        }
        Files.createDirectories(directory);
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
            out.println("wrote " + directory.resolve(file.getKey()));
        }
        new InitReport(facts, folders, facts.notDispatched(draft)).print(out);
        printPlaceholders(out);
        return 0;
    }

    private int update(PluginConfig plugins, @Nullable String sigsYaml) throws InvalidConfigException, IOException {
        Config config = new ConfigLoader(directory, jobConfigPath, configFile).load();
        reportProwProblems(config);
        ProwFacts facts = ProwFacts.of(config, plugins).with(hosts, givenBuckets());
        ConfigUpdate update = new ConfigUpdate(directory, config, facts);
        SequencedMap<String, String> files = update.files(sigsYaml);
        PrintWriter out = spec.commandLine().getOut();
        update.notes().forEach(spec.commandLine().getErr()::println);
        Set<String> changed = new TreeSet<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            String before = Files.exists(path) ? Files.readString(path) : "";
            List<String> diff = UnifiedDiff.of(path.toString(), before, file.getValue());
            if (!diff.isEmpty()) {
                changed.add(file.getKey());
            }
            if (write && !diff.isEmpty()) {
                Files.writeString(path, file.getValue());
                out.println("wrote " + path);
            } else {
                diff.forEach(out::println);
            }
        }
        if (changed.contains(config.file().roster().sigs())) {
            out.println(config.file().roster().sigs()
                    + " changes: run init again afterwards, for the repositories of its SIGs");
        }
        if (changed.isEmpty()) {
            out.println(directory + " needs no change");
        } else if (!write) {
            out.println("nothing was written; apply this with --write");
        }
        return !changed.isEmpty() && !write ? WOULD_CHANGE : 0;
    }

    private List<Bucket> givenBuckets() {
        try {
            return buckets.stream().map(Bucket::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--bucket: " + e.getMessage());
        }
    }

    private void reportProwProblems(Config config) {
        List<ConfigProblem> problems = Stream.concat(
                        config.prow().problems().stream(), config.jobs().problems().stream())
                .toList();
        PrintWriter err = spec.commandLine().getErr();
        problems.stream().limit(SHOWN_PROBLEMS).forEach(err::println);
        if (problems.size() > SHOWN_PROBLEMS) {
            err.println("and " + Plural.of(problems.size() - SHOWN_PROBLEMS, "more problem") + " in Prow's files");
        }
    }

    private List<ConfigProblem> existingFiles(Iterable<String> files) {
        List<ConfigProblem> problems = new ArrayList<>();
        for (String file : files) {
            if (Files.exists(directory.resolve(file))) {
                problems.add(ConfigProblem.ofFile(
                        directory.resolve(file).toString(),
                        "exists already and is not overwritten",
                        "use another directory with --config"));
            }
        }
        return problems;
    }

    private void printPlaceholders(PrintWriter out) throws InvalidConfigException {
        List<ConfigProblem> placeholders =
                new CompletenessCheck(directory, new ConfigLoader(directory, null).load()).errors();
        if (!placeholders.isEmpty()) {
            out.println("change before it works:");
            placeholders.forEach(problem -> out.println("  " + problem));
        }
        out.println("then run:");
        out.println("  ci-notify check-config --config " + directory + " --job-config-path " + jobConfigPath
                + (configFile == null ? "" : " --config-file " + configFile));
    }
}
