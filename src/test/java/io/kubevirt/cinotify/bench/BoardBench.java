// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import io.kubevirt.cinotify.fixture.PostgresServer;
import io.kubevirt.cinotify.store.Database;
import io.kubevirt.cinotify.store.DatabaseAddress;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Measures the board of a plugin that it starts on stores of given sizes:
 * {@code BoardBench JAR JAVA_FLAGS SECONDS RUNS INCIDENTS,... [sqlite|postgresql]...}.
 */
final class BoardBench {

    private static final int REQUESTS = 200;
    private static final int WARM_UP = 50;
    private static final int READERS = 50;
    private static final int LISTENERS = 200;
    private static final int CONNECTIONS = 48;
    private static final int ROUNDS = 3;
    private static final int DELIVERY = 8 * 1024;
    private static final int DISTINCT = 20_000;

    private static final Pattern ASSET = Pattern.compile("(?:href|src)=\"([^\"]*/(?:board|icon)\\b[^\"]*)\"");

    private final String jar;
    private final List<String> java;
    private final Duration time;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private BoardBench(String jar, String java, Duration time) {
        this.jar = jar;
        this.time = time;
        this.java = Arrays.asList(java.strip().split("\\s+"));
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(Machine.describe());
        BoardBench bench = new BoardBench(arguments[0], arguments[1], Duration.ofSeconds(Long.parseLong(arguments[2])));
        bench.measureMemoryAndLoad();
        for (String store : Arrays.asList(arguments).subList(5, arguments.length)) {
            for (String incidents : arguments[4].split(",")) {
                bench.measurePages(store, Integer.parseInt(arguments[3]), Integer.parseInt(incidents));
            }
        }
        System.exit(0);
    }

    private void measurePages(String store, int runs, int incidents) throws Exception {
        Path home = Files.createTempDirectory(Path.of("target"), "board-bench");
        List<String> options = fill(store, home, runs, incidents);
        int port = freePort();
        options.add("--board-port=" + port);
        try (Plugin plugin = Plugin.start(java, jar, home, options)) {
            System.out.printf("%n%s: %,d runs, %,d incidents%n", store, runs, incidents);
            System.out.printf("%-60s %10s %10s %12s%n", "page", "p50, ms", "p95, ms", "bytes, gzip");
            URI board = URI.create("http://127.0.0.1:" + port + "/");
            for (String page : pages(incidents)) {
                measure(board.resolve(page));
            }
            for (String asset : assets(board)) {
                measure(board.resolve(asset));
            }
        }
    }

    private static List<String> fill(String store, Path home, int runs, int incidents) throws Exception {
        List<String> options = new ArrayList<>(List.of("--config=config", "--artifacts-endpoint=http://127.0.0.1:1"));
        boolean embedded = store.equals("sqlite");
        Path data = Files.createDirectories(home.resolve("data"));
        String name = "board_" + ProcessHandle.current().pid() + "_" + incidents;
        if (!embedded) {
            PostgresServer.running().makeEmpty(name);
            options.add("--database-url=" + PostgresServer.running().url(name));
        }
        StoreFill fill = new StoreFill(
                embedded
                        ? "jdbc:sqlite:" + Database.file(data)
                        : PostgresServer.running().jdbcUrl(name),
                runs,
                incidents,
                Instant.now());
        fill.before();
        try (Database migrated = embedded
                ? Database.embedded(data, Duration.ofSeconds(5))
                : Database.postgresql(
                        DatabaseAddress.parse(PostgresServer.running().url(name), null))) {
            fill.after();
        }
        return options;
    }

    private static List<String> pages(int incidents) {
        String incident = StoreFill.incident(incidents / 2);
        return List.of(
                "/",
                "/incidents/" + incident,
                "/why?url=https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/logs/job-7/357",
                "/roster",
                "/lanes?days=14",
                "/lanes?days=14&family=job-7",
                "/activity",
                "/bumps",
                "/health",
                "/tests",
                "/tests?lane=job-77",
                "/api/v1/incidents",
                "/api/v1/incidents?state=resolved&limit=200",
                "/api/v1/lanes/days?days=14");
    }

    private void measure(URI page) throws IOException, InterruptedException {
        Latencies latencies = new Latencies();
        long bytes = 0;
        int status = 0;
        for (int request = -WARM_UP; request < REQUESTS; request++) {
            long begin = System.nanoTime();
            HttpResponse<InputStream> response = get(page);
            long first = System.nanoTime() - begin;
            status = response.statusCode();
            try (InputStream body = response.body()) {
                bytes = body.transferTo(OutputStream.nullOutputStream());
            }
            if (request >= 0) {
                latencies.add(first);
            }
        }
        System.out.printf(
                "%-60s %10.1f %10.1f %,12d%s%n",
                page.getPath() + (page.getQuery() == null ? "" : "?" + page.getQuery()),
                latencies.percentile(0.5),
                latencies.percentile(0.95),
                bytes,
                status == 200 ? "" : "   status " + status);
    }

    /** What a browser loads with a page. */
    private List<String> assets(URI page) throws IOException, InterruptedException {
        String html = client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return ASSET.matcher(html)
                .results()
                .map(asset -> asset.group(1))
                .distinct()
                .toList();
    }

    /** Its body has not been read; the time until it is there is that to the first byte. */
    private HttpResponse<InputStream> get(URI page) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(page).header("Accept-Encoding", "gzip").build();
        return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    }

    private void measureMemoryAndLoad() throws Exception {
        Path home = Files.createTempDirectory(Path.of("target"), "board-bench");
        List<String> options = List.of("--config=config", "--artifacts-endpoint=http://127.0.0.1:1");
        try (Plugin plugin = Plugin.start(java, jar, Files.createDirectory(home.resolve("off")), options)) {
            System.out.printf(
                    "resident memory when idle, board off: %.0f MB%n",
                    plugin.server().megabytes("VmRSS"));
        }
        int port = freePort();
        List<String> withBoard = new ArrayList<>(options);
        withBoard.add("--board-port=" + port);
        URI board = URI.create("http://127.0.0.1:" + port);
        try (Plugin plugin = Plugin.start(java, jar, Files.createDirectory(home.resolve("on")), withBoard)) {
            double idle = plugin.server().megabytes("VmRSS");
            read(board, time, () -> null);
            System.out.printf(
                    "resident memory, board on: idle %.0f MB, at most %.0f MB while %d readers load a page each second%n",
                    idle, plugin.server().megabytes("VmHWM"), READERS);
            compareDeliveries(plugin, board);
            listen(plugin, board);
        }
    }

    /** By turns, without and with pages. */
    private void compareDeliveries(Plugin plugin, URI board) throws Exception {
        Deliveries deliveries = new Deliveries(plugin.webhooks(), Plugin.KEY, DELIVERY);
        List<byte[]> requests = deliveries.mixed(DISTINCT, 100_000_000);
        Load load = new Load(plugin.webhooks(), deliveries, CONNECTIONS, time.dividedBy(2));
        double alone = 0;
        double beside = 0;
        long refused = load.most(requests).refused();
        for (int round = 0; round < ROUNDS; round++) {
            Load.Result without = load.most(requests);
            Load.Result with = read(board, time.dividedBy(2), () -> load.most(requests));
            alone += without.rate();
            beside += with.rate();
            refused += without.refused() + with.refused();
        }
        System.out.printf(
                "webhooks accepted per second: %.0f, with %d pages a second %.0f: %+.1f %%; %d refused%n",
                alone / ROUNDS, READERS, beside / ROUNDS, (beside / alone - 1) * 100, refused);
    }

    /** Each reader loads a page each second, as long as the work takes, at least {@code atLeast}. */
    private <T> T read(URI board, Duration atLeast, Callable<T> work) throws Exception {
        List<String> pages = List.of("/", "/lanes", "/activity", "/roster", "/health");
        AtomicInteger failed = new AtomicInteger();
        AtomicInteger loaded = new AtomicInteger();
        List<Thread> readers = new ArrayList<>();
        for (int reader = 0; reader < READERS; reader++) {
            URI page = board.resolve(pages.get(reader % pages.size()));
            readers.add(Thread.startVirtualThread(() -> {
                try {
                    while (!Thread.currentThread().isInterrupted()) {
                        try (InputStream body = get(page).body()) {
                            body.readAllBytes();
                        }
                        loaded.incrementAndGet();
                        TimeUnit.SECONDS.sleep(1);
                    }
                } catch (IOException e) {
                    failed.incrementAndGet();
                } catch (InterruptedException ended) {
                    // The measurement is over.
                }
            }));
        }
        long begin = System.nanoTime();
        T result = work.call();
        Thread.sleep(Duration.ofNanos(Math.max(0, atLeast.toNanos() - (System.nanoTime() - begin))));
        readers.forEach(Thread::interrupt);
        if (failed.get() > 0) {
            System.out.printf("%d readers failed after %d pages%n", failed.get(), loaded.get());
        }
        return result;
    }

    /** Listeners of live updates, while incidents change. */
    private void listen(Plugin plugin, URI board) throws Exception {
        AtomicInteger events = new AtomicInteger();
        List<InputStream> streams = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int listener = 0; listener < LISTENERS; listener++) {
                InputStream stream = get(board.resolve("/events")).body();
                streams.add(stream);
                executor.execute(() -> {
                    try {
                        while (stream.read() >= 0) {
                            events.incrementAndGet();
                        }
                    } catch (IOException closed) {
                        // The measurement is over.
                    }
                });
            }
            Deliveries deliveries = new Deliveries(plugin.webhooks(), Plugin.KEY, DELIVERY);
            Map<String, Double> live = new LinkedHashMap<>();
            live.put("at first", liveHeap(plugin));
            new Load(plugin.webhooks(), deliveries, 1, time.multipliedBy(4))
                    .paced(deliveries.mixed(DISTINCT, 500_000_000), 1);
            live.put("at last", liveHeap(plugin));
            System.out.printf(
                    "live heap with %d listeners for %d s, MB: %s; %,d bytes of events%n",
                    LISTENERS, time.multipliedBy(4).toSeconds(), live, events.get());
            for (InputStream stream : streams) {
                stream.close();
            }
        }
    }

    /** After a full collection, in MB. */
    private static double liveHeap(Plugin plugin) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, Long.toString(plugin.server().pid()), "GC.run")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        return Math.round(plugin.metrics().sum("jvm_memory_used_bytes", "area=\"heap\"") / 1e5) / 10.0;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
