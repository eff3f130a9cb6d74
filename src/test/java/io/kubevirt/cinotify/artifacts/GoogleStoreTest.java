// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.CapturedLog;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.http.SecretFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleStoreTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FakeArtifactStore fake = new FakeArtifactStore();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile String account = "ci@example.org";
    private KeyPair pair;
    private HttpServer tokenEndpoint;
    private Path file;

    @BeforeEach
    void open(@TempDir Path folder) throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        file = folder.resolve("key.json");
        tokenEndpoint = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        tokenEndpoint.createContext("/", this::token);
        tokenEndpoint.start();
        fake.add(EvidenceFixture.RUN.path(), ArtifactTree.TESTS.tree());
        fake.authorize(request ->
                "Bearer token-1".equals(request.getRequestHeaders().getFirst("Authorization")) ? "" : "AccessDenied");
    }

    @AfterEach
    void close() {
        tokenEndpoint.stop(0);
        fake.close();
    }

    /** Checks the assertion as RFC 7523 demands. */
    private void token(HttpExchange exchange) throws IOException {
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String assertion = URLDecoder.decode(form.replaceFirst(".*assertion=([^&]*).*", "$1"), StandardCharsets.UTF_8);
        String[] parts = assertion.split("\\.");
        JsonNode claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
        boolean valid = isSigned(parts)
                && claims.path("iss").asText().equals(account)
                && claims.path("scope").asText().endsWith("/auth/devstorage.read_only");
        byte[] body = (valid
                        ? "{\"access_token\":\"token-" + tokens.incrementAndGet()
                                + "\",\"expires_in\":3600,\"token_type\":\"Bearer\"}"
                        : "{\"error\":\"invalid_grant\"}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(valid ? 200 : 400, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private boolean isSigned(String[] parts) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(pair.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.UTF_8));
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private void writeKey() throws IOException {
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        Files.writeString(
                file,
                JSON.writeValueAsString(Map.of(
                        "type", "service_account",
                        "client_email", "ci@example.org",
                        "client_id", "1",
                        "private_key_id", "2",
                        "private_key", pem,
                        "token_uri",
                                "http://127.0.0.1:" + tokenEndpoint.getAddress().getPort() + "/token")));
    }

    @Test
    void aRunIsReadWithOneAccessTokenOnceTheKeyIsRight() throws Exception {
        try (EvidenceReader reader = EvidenceFixture.reader(EvidenceFixture.LONG_TIMEOUT);
                CapturedLog log = CapturedLog.of(ObjectStore.class)) {
            ObjectStore store = new GoogleStore(
                    new ObjectStoreEndpoint(fake.address()), EvidenceFixture.RUN.bucket(), new SecretFile(file));

            Files.writeString(file, "{\"type\":\"service_account\",\"private_key\":\"very secret\"}");
            Evidence broken = reader.read(store, EvidenceFixture.RUN);
            writeKey();
            account = "another@example.org";
            Evidence foreign = reader.read(store, EvidenceFixture.RUN);
            account = "ci@example.org";
            Evidence right = reader.read(store, EvidenceFixture.RUN);

            assertThat(broken.isUnreachable()).isTrue();
            assertThat(foreign.isUnreachable()).isTrue();
            assertThat(foreign.retryAfter()).isEqualTo(SecretFile.OPERATOR_RETRY_DELAY);
            assertThat(right.unread()).isEmpty();
            assertThat(right.tests().failedCount()).isEqualTo(3);
            assertThat(tokens).hasValue(1);
            assertThat(log.lines())
                    .allSatisfy(line -> assertThat(line)
                            .contains("gs://artifacts")
                            .doesNotContain("very secret", "PRIVATE KEY", "token-1"))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("key.json is not a file with Google credentials"),
                            line -> assertThat(line)
                                    .contains("Google gives no access token for", "check the credentials"),
                            line -> assertThat(line).contains("are read again"));
        }
    }
}
