// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends signed deliveries of real size and prints what came of it, as a table and, in {@code target/bench.json}, as JSON.
 *
 * <p>Options as {@code --name=value}: {@code --jar} of the plugin to start; {@code --url} of a server that is there
 * already, to stand beside it, or twice to compare two; {@code --hmac}, the file with their key; {@code --rate} in deliveries per second;
 * {@code --seconds} of each load; {@code --warm-up}, seconds of load before; {@code --java}, the JVM and its flags; {@code --serve}, more options of the plugin, separated
 * by spaces.
 */
public final class Bench {

    private final Map<String, List<String>> options;

    private Bench(Map<String, List<String>> options) {
        this.options = options;
    }

    /** See the class. */
    public static void main(String... arguments) throws IOException, InterruptedException {
        Map<String, List<String>> options = new LinkedHashMap<>();
        for (String argument : arguments) {
            String[] parts = argument.substring(2).split("=", 2);
            if (!parts[1].isBlank()) {
                options.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts[1]);
            }
        }
        new Bench(options).run();
    }

    private void run() throws IOException, InterruptedException {
        String machine = Machine.describe();
        System.out.println(machine);
        Map<String, Map<String, Double>> rounds = new LinkedHashMap<>();
        List<String> urls = options.getOrDefault("url", List.of());
        if (urls.size() < 2) {
            rounds.put("this plugin", own());
        }
        for (String url : urls) {
            String key = Files.readString(Path.of(option("hmac", ""))).strip();
            rounds.put(url, round(URI.create(url), key).remote());
        }
        Report report = new Report(machine, rounds);
        System.out.print(report.table());
        Files.writeString(Path.of("target", "bench.json"), report.json());
    }

    private Map<String, Double> own() throws IOException, InterruptedException {
        List<String> java = list("java");
        Path home = Files.createTempDirectory(Path.of("target"), "bench");
        System.out.println("started as: " + String.join(" ", java) + " -jar " + option("jar", ""));
        try (SlackSink slack = new SlackSink()) {
            List<String> serve = new ArrayList<>(slack.options(home));
            serve.addAll(list("serve"));
            try (Plugin plugin = Plugin.start(java, option("jar", ""), home, serve)) {
                return round(plugin.webhooks(), Plugin.KEY).own(plugin, slack);
            }
        }
    }

    private Round round(URI target, String key) {
        return new Round(
                target,
                key,
                Integer.parseInt(option("rate", "1500")),
                Duration.ofSeconds(Long.parseLong(option("seconds", "15"))),
                Duration.ofSeconds(Long.parseLong(option("warm-up", "45"))),
                list("java").contains(NativeMemory.FLAG));
    }

    private List<String> list(String name) {
        String words = option(name, "");
        return words.isBlank() ? List.of() : Arrays.asList(words.strip().split("\\s+"));
    }

    private String option(String name, String otherwise) {
        return options.getOrDefault(name, List.of(otherwise)).getLast();
    }
}
