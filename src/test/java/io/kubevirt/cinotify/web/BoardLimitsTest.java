// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.RawHttp;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.incident.IncidentState;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.prow.Visibility;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.routing.Confidence;
import io.kubevirt.cinotify.store.Store;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** Empty, full and unavailable stores; a base path; limits; the stream of changes. */
class BoardLimitsTest {
    private static final List<String> PAGES =
            List.of("/", "/?state=resolved", "/why", "/roster", "/lanes", "/tests", "/activity", "/bumps", "/health");

    @TempDir
    private Path folder;

    private static Document page(BoardFixture board, String path) {
        RawHttp.Reply reply = board.get(path);
        assertThat(reply.status()).as(path + " " + reply.body()).isEqualTo(200);
        return Jsoup.parse(reply.body());
    }

    @Test
    void anEmptyStoreHasWholePages() {
        try (BoardFixture board = new BoardFixture(EmbeddedStore.in(folder).store(), BoardFixture.local())) {
            PAGES.forEach(
                    path -> assertThat(page(board, path).select("h1")).as(path).hasSize(1));
            assertThat(page(board, "/").select(".empty").text())
                    .isEqualTo("Nothing is open, and no incident has been seen yet.");
        }
    }

    @Test
    void aThousandIncidentsAreOnPages() {
        Store store = EmbeddedStore.in(folder).store();
        store.inTransaction(transaction -> {
            for (int index = 0; index < 1_000; index++) {
                IncidentView incident = incident("%010x".formatted(index));
                transaction.incidents().save(incident, null, MondayMorning.NOW);
                transaction.visibility().set(incident.id(), Visibility.PUBLIC);
            }
            return true;
        });
        try (BoardFixture board = new BoardFixture(store, BoardFixture.local())) {
            Set<String> seen = new HashSet<>();
            String path = "/?limit=100";
            for (int number = 0; number < 10; number++) {
                Document page = page(board, path);
                assertThat(page.select(".rows li")).hasSize(100);
                seen.addAll(page.select(".rows li").eachAttr("id"));
                path = page.select("p a.button").attr("href");
            }
            assertThat(seen).hasSize(1_000);
            assertThat(page(board, "/").select("#tiles b").first().text()).isEqualTo("1,000");
        }
    }

    @Test
    void aPrivateOutageIsNotNamedByWhatItExplains() {
        Store store = EmbeddedStore.in(folder).store();
        store.inTransaction(transaction -> {
            for (String outage : List.of("aaaaaaaaa1", "aaaaaaaaa2")) {
                transaction.incidents().save(incident(outage), null, MondayMorning.NOW);
                String explained = outage.replace('a', 'b');
                transaction.incidents().save(incident(explained, outage), null, MondayMorning.NOW);
                transaction.visibility().set(explained, Visibility.PUBLIC);
            }
            transaction.visibility().set("aaaaaaaaa1", Visibility.PUBLIC);
            transaction.visibility().set("aaaaaaaaa2", Visibility.PRIVATE);
            return true;
        });
        try (BoardFixture board = new BoardFixture(store, BoardFixture.local())) {
            assertThat(board.get("/api/v1/incidents").body())
                    .contains("\"foldedInto\":\"aaaaaaaaa1\"")
                    .doesNotContain("aaaaaaaaa2");
            assertThat(page(board, "/incidents/bbbbbbbbb1")
                            .select("#assignee dd a")
                            .attr("href"))
                    .isEqualTo("/incidents/aaaaaaaaa1");
            Document page = page(board, "/incidents/bbbbbbbbb2");
            assertThat(page.select(".crumbs .pill").text()).isEqualTo("Explained");
            assertThat(page.html()).doesNotContain("aaaaaaaaa2");
        }
    }

    @Test
    void whatCannotBeDecodedIsABadRequest() throws Exception {
        try (BoardFixture board = new BoardFixture(EmbeddedStore.in(folder).store(), BoardFixture.local())) {
            for (String path : List.of("/?q=%zz", "/api/v1/incidents?q=%", "/?%zz=1")) {
                try (Socket socket = new Socket("127.0.0.1", board.port())) {
                    socket.getOutputStream()
                            .write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                    assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                            .as(path)
                            .startsWith("HTTP/1.1 400 ")
                            .contains("cannot be decoded");
                }
            }
        }
    }

    private static IncidentView incident(String id) {
        return incident(id, null);
    }

    private static IncidentView incident(String id, @Nullable String foldedInto) {
        return new IncidentView(
                id,
                IncidentKind.LANE,
                "kubevirt/kubevirt pull-" + id,
                IncidentState.OPEN,
                new Diagnosis(Cause.TEST, Diagnosis.NO_SIG, "sig-support", Confidence.LOW, "fallback", List.of()),
                false,
                List.of("pull-" + id),
                MondayMorning.NOW,
                null,
                3,
                List.of(),
                foldedInto,
                "red",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    @Test
    void anUnavailableStoreIsNamedInTheFrame() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setServerNames(new String[] {"127.0.0.1"});
        nowhere.setPortNumbers(new int[] {1});
        try (BoardFixture board = new BoardFixture(new Store(nowhere), BoardFixture.local())) {
            for (String path : PAGES) {
                RawHttp.Reply reply = board.get(path);
                assertThat(reply.status()).as(path).isEqualTo(503);
                assertThat(reply.headers()).containsEntry("retry-after", "5");
                Document page = Jsoup.parse(reply.body());
                assertThat(page.select("nav a")).hasSizeGreaterThan(5);
                assertThat(page.text()).contains("the store cannot be read").doesNotContain("Exception", "127.0.0.1");
            }
            assertThat(board.get("/api/v1/incidents").headers())
                    .containsEntry("content-type", "application/problem+json");
        }
    }

    @Test
    void allPathsAreBelowTheBasePath() {
        Store store = EmbeddedStore.in(folder).store();
        MondayMorning.fill(store);
        URI url = URI.create("http://localhost/ci/notify/");
        try (BoardFixture board =
                new BoardFixture(store, new BoardOptions(0, "127.0.0.1", url, null, null, List.of()))) {
            for (String path :
                    List.of("/", "/incidents/" + MondayMorning.NETWORK, "/lanes", "/tests", "/bumps", "/health")) {
                Document page = page(board, "/ci/notify" + path);
                assertThat(page.select("a[href^=/], link, form[action^=/]").stream()
                                .map(element -> element.attr("href") + element.attr("action")))
                        .as(path)
                        .allMatch(target -> target.startsWith("/ci/notify/"));
                assertThat(page.select("script").attr("src")).startsWith("/ci/notify/assets/");
            }
            assertThat(board.get("/").status()).isEqualTo(404);
            assertThat(board.get("/ci/notifying").status()).isEqualTo(404);
            assertThat(board.get("/ci/notify/i/" + MondayMorning.NETWORK)
                            .headers()
                            .get("location"))
                    .isEqualTo("/ci/notify/incidents/" + MondayMorning.NETWORK);
        }
    }

    @Test
    void aUserBehindTheProxyHasALimitAndTheProxyHasNone() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "of the proxy");
        BoardOptions options = new BoardOptions(
                0, "127.0.0.1", null, new BoardOptions.Proxy("X-Forwarded-User", secret), null, List.of());
        try (BoardFixture board = new BoardFixture(EmbeddedStore.in(folder).store(), options)) {
            Map<String, String> one = Map.of("X-Forwarded-User", "dhiller", "X-Board-Proxy", "of the proxy");
            for (int request = 0; request < 60; request++) {
                assertThat(board.get("/api/v1/nothing", one).status()).isEqualTo(404);
            }
            RawHttp.Reply refused = board.get("/api/v1/nothing", one);
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.headers()).containsKey("retry-after");
            Map<String, String> other = Map.of("X-Forwarded-User", "enp0s3", "X-Board-Proxy", "of the proxy");
            assertThat(board.get("/api/v1/nothing", other).status()).isEqualTo(404);
        }
    }

    @Test
    void theStreamOfChangesBeginsAtOnce() throws Exception {
        try (BoardFixture board = new BoardFixture(EmbeddedStore.in(folder).store(), BoardFixture.local());
                HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<java.io.InputStream> events = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + board.port() + "/events"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(events.body()))) {
                assertThat(events.headers().firstValue("content-type")).contains("text/event-stream");
                assertThat(lines.readLine()).isEqualTo("retry: 3000");
            }
            client.shutdownNow();
        }
    }
}
