// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.fixture.RawHttp;
import io.kubevirt.cinotify.fixture.WebhookDelivery;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What unauthenticated clients can send does not stop deliveries. */
@Timeout(300)
class WebhookFloodTest {

    private static final String KEY = "abcde12345";
    private static final String HELP = "POST /help HTTP/1.1\r\nHost: x\r\n";

    private final ProwHook hook = ProwHook.signingWith(KEY, pause -> {});
    private final WebhookServer server = new WebhookServer(KEY, new BodyBudget(10_000, 10_000));
    private final List<Socket> sockets = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    @Test
    void announcedBytesDoNotCount() throws IOException {
        for (int connection = 0; connection < 13; connection++) {
            send(signed() + "Content-Length: 26214400\r\n\r\n");
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> server.bodies.arriving() == 13);

        assertDeliveriesAreAccepted();
    }

    @Test
    void openRequestsForHelpUseOnlyTheMemoryForBodies() throws IOException {
        Socket oldest = send(HELP + "Content-Length: 9000\r\n\r\n" + "x".repeat(8_000));
        await().atMost(Duration.ofMinutes(1)).until(() -> server.bodies.arriving() == 1);
        send(HELP + "Content-Length: 9000\r\n\r\n" + "x".repeat(8_000));

        assertThat(line(oldest)).isEqualTo("HTTP/1.1 408 Request Timeout");
        assertDeliveriesAreAccepted();
    }

    @Test
    void aLargeRequestForHelpIsRefused() throws IOException {
        assertThat(post("/help", " ".repeat(HelpHandler.MAX_BODY_BYTES + 1)).status())
                .isEqualTo(413);
    }

    @Test
    void aRequestForHelpThatAnnouncesMuchMoreIsRefusedBeforeItsBody() throws IOException {
        Socket client = send(HELP + "Expect: 100-continue\r\nContent-Length: 1000000\r\n\r\n");

        assertThat(line(client)).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
        assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .as("the connection ends")
                .contains("close");
        await().atMost(Duration.ofMinutes(1)).until(() -> server.bodies.arriving() == 0);
    }

    @Test
    void aBodyThatArrivesTooSlowlyEndsAndIsNoFailedDelivery() throws IOException {
        Socket slow = send(signed() + "Content-Length: 9\r\n\r\n{");
        await().atMost(Duration.ofMinutes(1)).until(() -> server.bodies.arriving() == 1);

        server.clock.set(WebhookServer.NOW.plusSeconds(4));
        server.bodies.expire();
        assertThat(server.bodies.arriving()).isEqualTo(1);
        server.clock.set(WebhookServer.NOW.plusSeconds(10));
        server.bodies.expire();
        String reply = new String(slow.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(reply).startsWith("HTTP/1.1 408 ").endsWith("408 Request Timeout: the body arrives too slowly\n");
        assertThat(server.counted("status", "broken")).isEqualTo(1);
        assertDeliveriesAreAccepted();
    }

    @Test
    void brokenChunksAreNoFailedDelivery() throws IOException {
        send(signed() + "Transfer-Encoding: chunked\r\n\r\nno length\r\n{}\r\n0\r\n\r\n");

        await().atMost(Duration.ofMinutes(1)).until(() -> server.counted("status", "broken") == 1);
        assertThat(server.counted("status", "failed")).isZero();
        assertDeliveriesAreAccepted();
    }

    @Test
    void aClientThatExpectsItIsAskedToContinue() throws IOException {
        Socket client = send(signed() + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");

        assertThat(line(client)).isEqualTo("HTTP/1.1 100 Continue");
        assertThat(line(client)).isEmpty();
        client.getOutputStream().write("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(line(client)).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void aRefusedRequestIsNotAskedToContinue() throws IOException {
        Socket client = send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");

        assertThat(line(client)).isEqualTo("HTTP/1.1 400 Bad Request");
    }

    private void assertDeliveriesAreAccepted() {
        assertThat(hook.dispatch(server.at("/"), WebhookDelivery.signed("a-guid", "status", bytes("{}"), KEY))
                        .status())
                .isEqualTo(200);
    }

    private RawHttp.Reply post(String path, String body) throws IOException {
        return RawHttp.send("POST", server.at(path), Map.of("Connection", "close"), bytes(body));
    }

    /** The head of a signed delivery with the body {@code {}}, without the end. */
    private static String signed() {
        StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\nHost: x\r\n");
        WebhookDelivery.signed("a-guid", "status", bytes("{}"), KEY)
                .headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return head.toString();
    }

    private Socket send(String text) throws IOException {
        URI target = server.at("/");
        Socket socket = new Socket(target.getHost(), target.getPort());
        sockets.add(socket);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(bytes(text));
        return socket;
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read();
                next >= 0 && next != '\n';
                next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
