// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.app.SystemClock;
import io.kubevirt.cinotify.cli.options.ConfigOptions;
import io.kubevirt.cinotify.cli.options.OutputOptions;
import io.kubevirt.cinotify.cli.options.StoreOptions;
import io.kubevirt.cinotify.config.CensoredSettings;
import io.kubevirt.cinotify.http.BoundedHttpClient;
import io.kubevirt.cinotify.http.BoundedHttpClient.RequestFailedException;
import io.kubevirt.cinotify.metrics.BuildInfo;
import io.kubevirt.cinotify.store.DeliveryCounts;
import io.kubevirt.cinotify.store.OutboxEntries.OutboxEntry;
import io.kubevirt.cinotify.store.SchemaVersion;
import io.kubevirt.cinotify.store.StoreCheck;
import io.kubevirt.cinotify.store.StoreUnavailable;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "support-bundle",
        description =
                "Writes a zip file for a report of a problem, without secrets, names and texts. The plugin may be running.",
        mixinStandardHelpOptions = true)
final class SupportBundleCommand implements Callable<Integer> {
    private static final String CONTENT =
            "It contains the version, the settings with numbers in place of names and texts, health and metrics of the running plugin,"
                    + " counts of rows, decisions and dead letters of the store, and the flags of Java:"
                    + " no secret, no text of a message, and no name that only the settings or the store have.";

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern STATUS = Pattern.compile("\\b[1-5][0-9]{2}\\b");

    /** Others may contain a path or a password. */
    private static final Pattern FLAG =
            Pattern.compile("(-XX:[+-]?\\w+(=[0-9]+[kmgKMG]?$)?|-X[a-z]+[0-9]*[kmgKMG]?).*");

    @Parameters(paramLabel = "FILE", description = "New file, such as ci-notify-support.zip.")
    Path target;

    @Option(
            names = "--health-url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8081",
            description = "Health port of the running plugin (${DEFAULT-VALUE}).")
    URI health;

    @Mixin
    ConfigOptions config;

    @Mixin
    StoreOptions store;

    @Spec
    CommandSpec spec;

    private final Map<String, String> files = new LinkedHashMap<>();

    @Override
    public Integer call() {
        Instant now = SystemClock.INSTANCE.instant();
        HttpRequest detail = request("/healthz/detail");
        HttpRequest metrics = request("/metrics");
        CensoredSettings settings = new CensoredSettings();
        files.put("README.txt", BuildInfo.current() + ", " + now + "\n\n" + CONTENT + "\n");
        files.put("java.json", OutputOptions.json(Java.current()));
        add("settings.json", () -> settings.read(config.directory).toPrettyString());
        try (BoundedHttpClient client = new BoundedHttpClient(TIMEOUT)) {
            add("health.json", () -> settings.censor(client.send(detail).body()));
            add("metrics.txt", () -> settings.censor(client.send(metrics).body()));
        }
        add("store.json", () -> OutputOptions.json(StoreCheck.of(store.location())));
        add("decisions.json", () -> OutputOptions.json(decisions(now)));
        add("dead-letters.json", () -> OutputOptions.json(deadLetters(settings)));
        write();
        spec.commandLine().getOut().println("wrote " + target + ". " + CONTENT);
        return 0;
    }

    /** A plugin that has a problem may lack any part; the others are what the report needs. */
    private void add(String name, Part part) {
        try {
            files.put(name, part.text() + "\n");
        } catch (InvalidConfigException
                | StoreUnavailable
                | SchemaVersion.Mismatch
                | RequestFailedException
                | IOException e) {
            String reason = e instanceof NoSuchFileException ? e.getMessage() + " does not exist" : e.getMessage();
            spec.commandLine().getErr().println("without " + name + ": " + reason);
        }
    }

    private HttpRequest request(String path) {
        try {
            return HttpRequest.newBuilder(health.resolve(path)).build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--health-url is no URL of a plugin; write http://127.0.0.1:8081");
        }
    }

    private DeliveryCounts decisions(Instant now) throws InvalidConfigException {
        return store.read(transaction -> transaction.deliveryCounts().at(now));
    }

    private List<DeadLetter> deadLetters(CensoredSettings settings) throws InvalidConfigException {
        return store
                .read(transaction -> Stream.concat(
                                transaction.outboxEntries().dead().stream(),
                                transaction.outboxEntries().unknown().stream())
                        .toList())
                .stream()
                .map(entry -> DeadLetter.of(entry, settings))
                .toList();
    }

    private void write() {
        ByteArrayOutputStream bundle = new ByteArrayOutputStream();
        try (ZipOutputStream archive = new ZipOutputStream(bundle)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                archive.putNextEntry(new ZipEntry(file.getKey()));
                archive.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
            archive.finish();
            Files.createFile(
                    target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.write(target, bundle.toByteArray());
        } catch (FileAlreadyExistsException e) {
            throw new ParameterException(spec.commandLine(), target + " exists; name a new file");
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "cannot write " + target + " (" + e + "); name a file in a folder with space");
        }
    }

    @FunctionalInterface
    private interface Part {
        String text() throws InvalidConfigException, RequestFailedException, IOException;
    }

    /**
     * A message that was given up or has an unknown outcome, without its text.
     *
     * @param destination its name of the settings, or a number
     * @param status of HTTP in the last error; its text may repeat what was sent
     */
    record DeadLetter(
            long number,
            String state,
            String channel,
            String destination,
            String kind,
            long attempts,
            Instant firstDueAt,
            @Nullable Instant settledAt,
            @Nullable String status) {
        static DeadLetter of(OutboxEntry entry, CensoredSettings settings) {
            Matcher status = STATUS.matcher(Objects.requireNonNullElse(entry.problem(), ""));
            return new DeadLetter(
                    entry.number(),
                    entry.state(),
                    settings.name(entry.channel()),
                    settings.name(entry.destination()),
                    entry.kind(),
                    entry.attempts(),
                    entry.firstDueAt(),
                    entry.settledAt(),
                    status.find() ? status.group() : null);
        }
    }

    /**
     * The program and its machine.
     *
     * @param variables names of the environment variables of ci-notify and Java that are set
     */
    record Java(
            String version,
            String vm,
            String system,
            int processors,
            long maxMemory,
            List<String> flags,
            List<String> variables) {
        static Java current() {
            Runtime machine = Runtime.getRuntime();
            return new Java(
                    Runtime.version().toString(),
                    System.getProperty("java.vm.name", ""),
                    System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""),
                    machine.availableProcessors(),
                    machine.maxMemory(),
                    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                            .map(FLAG::matcher)
                            .filter(Matcher::matches)
                            .map(flag -> flag.group(1))
                            .toList(),
                    new TreeMap<>(System.getenv())
                            .keySet().stream()
                                    .filter(name -> name.matches("CI_NOTIFY_\\w+|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS"))
                                    .toList());
        }
    }
}
