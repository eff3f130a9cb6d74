// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.config.JobConfigFolder;
import io.kubevirt.cinotify.prow.JobConfig;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "init",
        description = "Writes a commented configuration for your Prow from its plugins.yaml and job configuration.",
        mixinStandardHelpOptions = true)
final class InitCommand implements Callable<Integer> {
    @Option(
            names = "--config",
            paramLabel = "DIR",
            defaultValue = "config",
            description = "Directory to write to; existing files are not overwritten (${DEFAULT-VALUE}).")
    Path directory;

    @Option(names = "--plugin-config", paramLabel = "FILE", required = true, description = "Prow's plugins.yaml.")
    Path pluginConfig;

    @Option(
            names = "--job-config-path",
            paramLabel = "DIR",
            required = true,
            description = "Directory, or mounted ConfigMap, with Prow's job configuration.")
    Path jobConfigPath;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Host of deck, such as prow.example.org; can be filled in later.")
    private @Nullable String host;

    @Option(
            names = "--bucket",
            paramLabel = "NAME",
            description = "Bucket of the artifacts, without gs:// or s3://; can be filled in later.")
    private @Nullable String bucket;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidConfigException, IOException {
        YamlDocument plugins = plugins();
        JobConfig jobs = JobConfigFolder.read(jobConfigPath);
        PrintWriter err = spec.commandLine().getErr();
        jobs.problems().forEach(err::println);
        SequencedMap<String, String> files = new ConfigScaffold(plugins, jobs, host, bucket).files();
        List<ConfigProblem> existing = existingFiles(files.keySet());
        if (!existing.isEmpty()) {
            existing.forEach(err::println);
            return ErrorHandlers.PROBLEMS_FOUND;
        }
        Files.createDirectories(directory);
        PrintWriter out = spec.commandLine().getOut();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
            out.println("wrote " + directory.resolve(file.getKey()));
        }
        out.println("Replace everything marked with CHANGE, then run:");
        out.println("  ci-notify check-config --config " + directory + " --job-config-path " + jobConfigPath);
        return 0;
    }

    private YamlDocument plugins() throws InvalidConfigException {
        try {
            return YamlDocument.parse(pluginConfig.toString(), Files.readString(pluginConfig));
        } catch (IOException e) {
            throw new InvalidConfigException(ConfigProblem.ofFile(
                    pluginConfig.toString(), "cannot be read", "give Prow's plugins.yaml with --plugin-config"));
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
}
