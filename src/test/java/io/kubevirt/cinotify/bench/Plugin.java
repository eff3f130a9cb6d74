// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The plugin as a process of its own, with a new store. */
final class Plugin implements AutoCloseable {

    static final String KEY = "abcde12345";

    private static final Pattern MARKER = Pattern.compile("message-(\\d+)\\b");
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Process process;
    private final URI webhooks;
    private final URI health;
    private final double startSeconds;

    /** When each message was first printed to standard output, in nanoseconds. */
    private final Map<Integer, Long> sentAt = new ConcurrentHashMap<>();

    private Plugin(Process process, URI webhooks, URI health, long started) throws IOException, InterruptedException {
        this.process = process;
        // Whoever is impatient ends both.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        this.webhooks = webhooks;
        this.health = health;
        Thread.ofPlatform().daemon().start(this::listen);
        this.startSeconds = (awaitReady(health.resolve("/healthz/ready")) - started) / 1e9;
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param java the JVM and its flags
     * @param options of {@code serve}
     */
    static Plugin start(List<String> java, String jar, Path home, List<String> options)
            throws IOException, InterruptedException {
        int port = freePort();
        int healthPort = freePort();
        Files.createDirectories(home);
        Files.writeString(home.resolve("hmac"), KEY);
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-jar", jar, "serve", "--port=" + port, "--health-port=" + healthPort));
        command.addAll(List.of("--hmac-secret-file=" + home.resolve("hmac"), "--data-dir=" + home.resolve("data")));
        command.addAll(options);
        long started = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(home.resolve("log").toFile())
                .start();
        return new Plugin(
                process,
                URI.create("http://127.0.0.1:" + port + "/"),
                URI.create("http://127.0.0.1:" + healthPort + "/"),
                started);
    }

    URI webhooks() {
        return webhooks;
    }

    /** From the start of the process until it was ready. */
    double startSeconds() {
        return startSeconds;
    }

    /** When a message was first printed to standard output; null if it has not been. */
    @Nullable Long sentAt(int number) {
        return sentAt.get(number);
    }

    ServerProcess server() {
        return new ServerProcess(process.pid());
    }

    /** The deliveries that were decided so far: each of the load is a state of a run. */
    long decided() throws IOException {
        try (InputStream metrics = health.resolve("/metrics").toURL().openStream()) {
            return (long) new String(metrics.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("ci_notify_runs_total{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                    .sum();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher matcher = MARKER.matcher(line);
                while (matcher.find()) {
                    sentAt.putIfAbsent(Integer.parseInt(matcher.group(1)), System.nanoTime());
                }
            }
        } catch (IOException ended) {
            // The process has ended.
        }
    }

    private long awaitReady(URI ready) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < deadline && process.isAlive()) {
            try {
                HttpURLConnection question = (HttpURLConnection) ready.toURL().openConnection();
                if (question.getResponseCode() == 200) {
                    return System.nanoTime();
                }
            } catch (IOException notYet) {
                // It is asked again.
            }
            Thread.sleep(10);
        }
        throw new IOException("the plugin did not become ready; see the log in its folder");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
