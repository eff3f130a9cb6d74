// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import io.kubevirt.cinotify.fixture.FakeGitHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Floods a plugin that it starts itself, and no other, with what clients without a key can send, one flood after the other, while
 * signed deliveries arrive; then sends mutated signed payloads. Prints a table and ends with 1 unless the plugin withstands.
 *
 * <p>Options as {@code --name=value}: {@code --jar}, {@code --java} (the JVM and its flags), {@code --seconds} of each flood, {@code --flood},
 * a part of the names of those to run, {@code --payloads} with {@code --seed} and as many with the next seed.
 */
public final class Attack implements AutoCloseable {
    private static final Path DEPLOYMENT = Path.of("manifests/base/plugin/deployment.yaml");
    private static final Pattern LIMIT = Pattern.compile("limits:\\s+(?:cpu:.*\\s+)?memory: (\\d+)Mi");
    /** Of {@code -XX:MaxRAMPercentage} in image/java.options. */
    private static final int HEAP_PERCENT = 60;

    private static final double MINIMUM_PERCENT = 99;
    private static final double READY_WITHIN_SECONDS = 10;
    private static final int CONNECTIONS = 300;
    /** Series of gauges begin with the first value of a label that has few. */
    private static final int FIRST_VALUES = 5;

    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final String REPOSITORY = "kubevirt/kubevirt";
    private static final int PULL = 14890;

    /** In this order in the table. */
    private static final String HEADER = "| %-40s | %9s | %-28s | %10s | %7s | %9s | %10s | %-6s |%n";

    private final SlackSink slack;
    private final FakeGitHub github = new FakeGitHub();
    private final Injections injections = new Injections();
    private final Plugin plugin;
    private final FloodRound round;
    private final int limit = memoryLimit();

    /** Starts the plugin with the heap that the manifests' memory limit gives. */
    Attack(List<String> java, String jar, Path home) throws IOException, InterruptedException {
        slack = new SlackSink(injections::readMessage);
        github.world().pull(REPOSITORY, PULL, "pr-author", "2f6f8ac9e2a5b2fb1c22d1d8f6a3b9f5b7f0a1c3");
        Files.createDirectories(home);
        List<String> command = new ArrayList<>(java);
        command.add("-Xmx" + limit * HEAP_PERCENT / 100 + "m");
        List<String> options = new ArrayList<>(slack.options(home));
        options.add("--github-endpoint=" + github.address());
        options.add("--github-token-path=" + Files.writeString(home.resolve("github"), "good-token"));
        plugin = Plugin.start(command, jar, home, options, injections::readLine);
        round = new FloodRound(plugin);
    }

    /** See the class. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Map<String, String> options = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.substring(2).split("=", 2);
            options.put(parts[0], parts[1]);
        }
        List<String> java = Arrays.asList(options.get("java").strip().split("\\s+"));
        System.out.println(Machine.describe());
        Path home = Files.createTempDirectory(Path.of("target"), "attack");
        boolean withstood;
        try (Attack attack = new Attack(java, options.get("jar"), home)) {
            withstood = attack.floods(options.getOrDefault("flood", ""), seconds(options.get("seconds")))
                    & attack.mutations(Long.parseLong(options.get("seed")), Integer.parseInt(options.get("payloads")));
        }
        System.out.println(withstood ? "withstood" : "FAILED; the log is in " + home);
        System.exit(withstood ? 0 : 1);
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private boolean floods(String part, Duration time) throws IOException, InterruptedException {
        System.out.printf(
                HEADER, "flood", "requests", "answers", "deliveries", "% in 2 s", "ready, s", "highest MB", "");
        boolean withstood = true;
        round.run(Flood.of("none", plugin.webhooks(), "", 0), WARM_UP);
        for (Flood flood : Floods.of(plugin.webhooks(), plugin.health(), CONNECTIONS)) {
            if (flood.name().contains(part)) {
                withstood &= isWithstood(run(flood, time));
            }
        }
        return withstood;
    }

    FloodRound.Result run(Flood flood, Duration time) throws IOException, InterruptedException {
        return round.run(flood, time);
    }

    private boolean isWithstood(FloodRound.Result result) {
        boolean withstood = result.percent() >= MINIMUM_PERCENT
                && result.readySeconds() <= READY_WITHIN_SECONDS
                && result.megabytes() < limit;
        System.out.printf(
                HEADER,
                result.flood(),
                result.requests(),
                result.answers(),
                result.deliveries(),
                String.format(Locale.ROOT, "%.1f", result.percent()),
                String.format(Locale.ROOT, "%.1f", result.readySeconds()),
                String.format(Locale.ROOT, "%.0f", result.megabytes()),
                withstood ? "" : "FAILED");
        return withstood;
    }

    /** True if each payload is answered below 500 and decided, adds no series, and changes no text that people read. */
    private boolean mutations(long seed, int count) throws IOException, InterruptedException {
        MutatedPayloads payloads = new MutatedPayloads(plugin);
        payloads.send(seed, count);
        long undecided = payloads.undecided();
        Set<String> before = plugin.metrics().series();
        payloads.send(seed + 1, count);
        undecided += payloads.undecided();
        Set<String> added = new TreeSet<>(plugin.metrics().series());
        added.removeAll(before);
        plugin.readLog(injections::readLine);
        comments().forEach(injections::readLine);
        List<String> injected = injections.found();
        System.out.printf(
                "%d mutated payloads, seeds %d and %d: answers %s; %d undecided; %d series, %d of them by the second seed %s;"
                        + " %d injections %s; %d messages on Slack, %d comments, the longest of %d characters%n",
                2 * count,
                seed,
                seed + 1,
                payloads.statuses(),
                undecided,
                before.size() + added.size(),
                added.size(),
                added.isEmpty() ? "" : added,
                injected.size(),
                injected.isEmpty() ? "" : injected.subList(0, Math.min(3, injected.size())),
                slack.written(),
                comments().size(),
                comments().stream().mapToInt(String::length).max().orElse(0));
        return payloads.statuses().keySet().stream().allMatch(status -> status > 0 && status < 500)
                && undecided == 0
                && added.size() <= FIRST_VALUES
                && injected.isEmpty();
    }

    private List<String> comments() {
        return github.world().comments(REPOSITORY, PULL);
    }

    Plugin plugin() {
        return plugin;
    }

    private static int memoryLimit() throws IOException {
        Matcher limit = LIMIT.matcher(Files.readString(DEPLOYMENT));
        if (!limit.find()) {
            throw new IOException(DEPLOYMENT + " has no memory limit in Mi");
        }
        return Integer.parseInt(limit.group(1));
    }

    @Override
    public void close() throws InterruptedException {
        plugin.close();
        slack.close();
        github.close();
    }
}
