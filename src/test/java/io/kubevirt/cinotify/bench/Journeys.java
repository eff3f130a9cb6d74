// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.fixture.CommentPayload;
import io.kubevirt.cinotify.fixture.FakeGitHub;
import io.kubevirt.cinotify.fixture.FakeSlack;
import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.Preset;
import io.kubevirt.cinotify.fixture.PullPayload;
import io.kubevirt.cinotify.fixture.StatusPayload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;

/**
 * Counts how many source files a person reads to follow an event through the program: the top-level classes of which at
 * least one method runs between two points in time, by JFR's method timing (JDK 25).
 *
 * <p>{@code java -cp target/test-classes:... Journeys}, or {@code make journeys}. Each count includes what an idle server
 * runs in the same time; "net" leaves that out.
 */
public final class Journeys {

    private static final Path JAR = Path.of("target", "quarkus-app", "app");
    private static final String LANE = "pull-kubevirt-e2e-k8s-1.36-sig-network";
    private static final String MEMBER = "dhiller";
    private static final String MERGE = "9c1d2e3f4a5b60718293a4b5c6d7e8f901234567";
    private static final String HISTORY = "src/test/resources/history/four-weeks.jsonl";

    private final Path home = Files.createTempDirectory("journeys");
    private final FakeSlack slack = new FakeSlack().channel("ci-alerts");
    private final FakeGitHub github = new FakeGitHub();
    private Map<String, Long> calls = Map.of();
    private int dumps;

    private Journeys() throws IOException {}

    /** No arguments. */
    public static void main(String... arguments) throws Exception {
        new Journeys().run();
        System.exit(0);
    }

    private void run() throws Exception {
        github.world().repository("kubevirt/project-infra", "prow").collaborator("kubevirt/project-infra", MEMBER);
        github.world().repository("kubevirt/kubevirt").member("kubevirt", MEMBER);
        github.world().pull("kubevirt/kubevirt", 14890, "author", "2f6f8ac9e2a5b2fb1c22d1d8f6a3b9f5b7f0a1c3");
        Path settings = Files.writeString(home.resolve("timing.jfc"), configuration());
        System.out.println(Machine.describe());
        System.out.printf("| journey | files | net of idle | methods | packages |%n|---|---|---|---|---|%n");
        try (PluginProcess plugin = PluginProcess.serve(
                home,
                // The methods of classes from an archive would not be counted.
                List.of("-Xshare:off", "-XX:StartFlightRecording:settings=" + settings),
                "--dry-run=false",
                "--config=" + config(),
                "--slack-endpoint=" + slack.endpoint(),
                "--slack-token-file=" + Files.writeString(home.resolve("slack"), FakeSlack.TOKEN),
                "--github-endpoint=" + github.address(),
                "--github-token-path=" + Files.writeString(home.resolve("github"), "good-token"))) {
            plugin.waitReady(Duration.ofMinutes(5));
            Thread.sleep(20_000);
            between(plugin);
            Thread.sleep(10_000);
            Footprint idle = between(plugin);
            print("idle for 10 s", idle, idle);
            for (int pull = 101; pull <= 103; pull++) {
                plugin.post(failure(pull));
            }
            until(() -> !slack.roots().isEmpty());
            print("three statuses to a message on Slack", between(plugin), idle);
            String id = plugin.outcomes()
                    .query("SELECT id FROM incident")
                    .getFirst()
                    .get("id")
                    .toString();
            Thread.sleep(5_000);
            between(plugin);
            plugin.post(
                    "issue_comment",
                    CommentPayload.of("issue_comment", "/ci-notify ack " + id)
                            .by(MEMBER, "User")
                            .bytes());
            until(() -> slack.roots().getFirst().blocks().toString().contains("cknowledged"));
            print("an acknowledgement in a comment to the edited message", between(plugin), idle);
            bump(plugin, idle);
        }
        print("a replay of four weeks", replay(), new Footprint(new TreeSet<>()));
    }

    /** A bump is opened and merged, and the job that deploys it fails. */
    private void bump(PluginProcess plugin, Footprint idle) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        PullPayload bump = new PullPayload("kubevirt/project-infra", 4711, now.minus(1, ChronoUnit.HOURS))
                .by("kubevirt-bot", "autobump", "Update prow to v20260101-abcdef123");
        Thread.sleep(5_000);
        between(plugin);
        plugin.post("pull_request", json(bump.event("opened")));
        plugin.post("pull_request", json(bump.merged(MERGE, now).event("closed")));
        plugin.post(StatusPayload.failure()
                .repository("kubevirt/project-infra")
                .postsubmit("post-project-infra-kubevirt-prow-control-plane-deployment")
                .build(501)
                .sha(MERGE)
                .ended(now)
                .bytes());
        until(() -> slack.roots().size() > 1);
        print("a merged bump whose deployment fails, to a message on Slack", between(plugin), idle);
    }

    /** The recorded history of the tests, in a process of its own. */
    private Footprint replay() throws Exception {
        Path dump = home.resolve("replay.jfr");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xshare:off",
                        "-XX:StartFlightRecording:settings=" + home.resolve("timing.jfc") + ",filename=" + dump,
                        "-jar",
                        JAR.resolveSibling("quarkus-run.jar").toString(),
                        "replay",
                        "--config=config",
                        "--history=" + HISTORY)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("replay.txt").toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(Files.readString(home.resolve("replay.txt")));
        }
        return new Footprint(counts(dump).entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    private static byte[] json(JsonNode event) {
        return event.toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] failure(int pull) {
        return StatusPayload.of("failure", "Job failed.")
                .job(LANE)
                .pull(pull)
                .build(pull)
                .ended(Instant.now().truncatedTo(ChronoUnit.SECONDS))
                .bytes();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        for (int tries = 0; !condition.getAsBoolean(); tries++) {
            if (tries > 1_200) {
                throw new IllegalStateException("nothing came within two minutes");
            }
            Thread.sleep(100);
        }
    }

    /** What ran since the last call. */
    private Footprint between(PluginProcess plugin) throws IOException, InterruptedException {
        Path dump = home.resolve("dump-" + dumps++ + ".jfr");
        new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(plugin.pid()),
                        "JFR.dump",
                        "filename=" + dump)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        Map<String, Long> now = counts(dump);
        Map<String, Long> before = calls;
        calls = now;
        return new Footprint(now.entrySet().stream()
                .filter(entry -> entry.getValue() > before.getOrDefault(entry.getKey(), 0L))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new)));
    }

    /** How often each method ran, as {@code class#method}. */
    private static Map<String, Long> counts(Path dump) throws IOException {
        Map<String, Long> now = new HashMap<>();
        try (RecordingFile file = new RecordingFile(dump)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("jdk.MethodTiming")) {
                    RecordedMethod method = event.getValue("method");
                    now.merge(
                            method.getType().getName() + "#" + method.getName() + method.getDescriptor(),
                            event.getLong("invocations"),
                            Math::max);
                }
            }
        }
        return now;
    }

    private static void print(String journey, Footprint ran, Footprint idle) {
        TreeSet<String> net = new TreeSet<>(ran.files());
        net.removeAll(idle.files());
        System.out.printf(
                "| %s | %d | %d | %d | %d |%n",
                journey, ran.files().size(), net.size(), ran.methods().size(), ran.packages());
    }

    /** The preset, but nothing is held, and everybody always works. */
    private Path config() throws IOException {
        return Preset.copyTo(home.resolve("config"), text -> text.replace("    time: 10m ", "    time: 0s ")
                .replaceAll("<td>(Mon-Fri|Sun-Thu)</td>", "<td>Mon-Sun</td>")
                .replace("  workingHours: 09:00-17:00\n", "  workingHours: 00:00-24:00\n")
                .replaceAll("(?m)^slack:\n  channel: \\S+", "slack:\n  channel: ci-alerts"));
    }

    /** A JFR configuration that times every method of the program. */
    private static String configuration() throws IOException {
        String filter;
        try (Stream<Path> jars = Files.list(JAR)) {
            filter = jars.filter(jar -> jar.toString().endsWith(".jar"))
                    .flatMap(Journeys::classes)
                    .collect(Collectors.joining(";"));
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.MethodTiming">
                <setting name="enabled">true</setting>
                <setting name="filter">%s</setting>
                <setting name="period">endChunk</setting>
                <setting name="threshold">0 ms</setting>
              </event>
            </configuration>
            """.formatted(filter);
    }

    private static Stream<String> classes(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.startsWith("io/kubevirt/") && name.endsWith(".class"))
                    .filter(name ->
                            !name.contains("package-info") && !name.contains("_Bean") && !name.contains("_ClientProxy"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The methods that ran, as {@code class#method}. */
    private record Footprint(TreeSet<String> methods) {

        /** Top-level classes. */
        TreeSet<String> files() {
            return methods.stream()
                    .map(method -> method.replaceAll("[$#].*", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        long packages() {
            return files().stream()
                    .map(file -> file.substring(0, file.lastIndexOf('.')))
                    .distinct()
                    .count();
        }
    }
}
