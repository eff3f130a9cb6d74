// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubevirt.cinotify.github.GitHubApi;
import io.kubevirt.cinotify.github.GitHubClientOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers comparisons and lists of files as GitHub does. */
final class FakeCompare implements AutoCloseable {
    final List<String> calls = new CopyOnWriteArrayList<>();

    private final ObjectNode answer = JsonNodeFactory.instance.objectNode().put("status", "ahead");
    private final ArrayNode commits = answer.putArray("commits");
    private volatile int status;
    private final HttpServer server;
    private String parent = "base";

    FakeCompare(int status) throws IOException {
        this.status = status;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    FakeCompare merge(int number, String sha, Instant at) {
        ObjectNode commit = commits.addObject().put("sha", sha);
        commit.putArray("parents").addObject().put("sha", parent);
        commit.putObject("commit")
                .put("message", "Change (#" + number + ")")
                .putObject("committer")
                .put("date", at.minusSeconds(60).toString());
        parent = sha;
        return this;
    }

    void answers(int from) {
        status = from;
    }

    GitHubApi api(Path folder, InstantSource clock) throws IOException {
        Path token = Files.writeString(folder.resolve("compare-token"), "good-token");
        return new GitHubApi(new GitHubClientOptions(
                List.of(URI.create("http://localhost:" + server.getAddress().getPort())),
                new GitHubClientOptions.Identity.Token(token),
                false,
                Duration.ofMinutes(1),
                clock::instant));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        calls.add(path);
        byte[] body = (status != 200
                        ? "{}"
                        : path.contains("/compare/") ? answer.toString() : "[{\"filename\": \"x/y.c\"}]")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
