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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The plugin as a process of its own, with a new store. */
final class Plugin implements AutoCloseable {

    static final String KEY = "abcde12345";

    private static final Pattern MARKER = Pattern.compile("message-(\\d+)\\b");
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);
    private static final int READ_TIMEOUT_MILLIS = 5_000;

    private final Process process;
    private final URI webhooks;
    private final URI health;
    private final Path log;
    private final Consumer<String> output;
    private final double startSeconds;

    /** When each message was first printed to standard output, in nanoseconds. */
    private final Map<Integer, Long> sentAt = new ConcurrentHashMap<>();

    private Plugin(Process process, int port, int healthPort, Path log, Consumer<String> output)
            throws IOException, InterruptedException {
        this.process = process;
        this.log = log;
        this.output = output;
        // Ends also when the bench is interrupted.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        this.webhooks = URI.create("http://127.0.0.1:" + port + "/");
        this.health = URI.create("http://127.0.0.1:" + healthPort + "/");
        Thread.ofPlatform().daemon().start(this::listen);
        this.startSeconds = secondsUntilReady(START_TIMEOUT);
        if (Double.isInfinite(startSeconds)) {
            process.destroyForcibly();
            throw new IOException("the plugin did not become ready; see " + log);
        }
    }

    /**
     * Starts it and waits until it is ready.
     *
     * @param java the JVM and its flags
     * @param options of {@code serve}
     */
    static Plugin start(List<String> java, String jar, Path home, List<String> options)
            throws IOException, InterruptedException {
        return start(java, jar, home, options, line -> {});
    }

    /** The same; {@code output} gets the lines of its standard output. */
    static Plugin start(List<String> java, String jar, Path home, List<String> options, Consumer<String> output)
            throws IOException, InterruptedException {
        int port = freePort();
        int healthPort = freePort();
        Files.createDirectories(home);
        Files.writeString(home.resolve("hmac"), KEY);
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-jar", jar, "serve", "--port=" + port, "--health-port=" + healthPort));
        command.addAll(List.of("--hmac-secret-file=" + home.resolve("hmac"), "--data-dir=" + home.resolve("data")));
        command.addAll(options);
        Path log = home.resolve("log");
        Process process =
                new ProcessBuilder(command).redirectError(log.toFile()).start();
        return new Plugin(process, port, healthPort, log, output);
    }

    URI webhooks() {
        return webhooks;
    }

    URI health() {
        return health;
    }

    boolean isAlive() {
        return process.isAlive();
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
        return (long) metrics().sum("ci_notify_runs_total", "");
    }

    Metrics metrics() throws IOException {
        try (InputStream metrics = health.resolve("/metrics").toURL().openStream()) {
            return Metrics.of(new String(metrics.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** The lines on standard error so far. */
    void readLog(Consumer<String> reader) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            lines.forEach(reader);
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
                output.accept(line);
                Matcher matcher = MARKER.matcher(line);
                while (matcher.find()) {
                    sentAt.putIfAbsent(Integer.parseInt(matcher.group(1)), System.nanoTime());
                }
            }
        } catch (IOException ended) {
            // The process has ended.
        }
    }

    /** Infinite if it ends, or does not become ready in time. */
    double secondsUntilReady(Duration timeout) throws InterruptedException {
        long started = System.nanoTime();
        while (System.nanoTime() - started < timeout.toNanos() && process.isAlive()) {
            if (isReady()) {
                return (System.nanoTime() - started) / 1e9;
            }
            Thread.sleep(10);
        }
        return Double.POSITIVE_INFINITY;
    }

    private boolean isReady() {
        try {
            HttpURLConnection request =
                    (HttpURLConnection) health.resolve("/healthz/ready").toURL().openConnection();
            request.setConnectTimeout(READ_TIMEOUT_MILLIS);
            request.setReadTimeout(READ_TIMEOUT_MILLIS);
            return request.getResponseCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
