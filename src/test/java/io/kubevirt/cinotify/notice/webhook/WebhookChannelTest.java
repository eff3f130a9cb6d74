/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.kubevirt.cinotify.fixture.FakeWebhookTarget;
import io.kubevirt.cinotify.fixture.Fault;
import io.kubevirt.cinotify.fixture.FaultyServer;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import io.kubevirt.cinotify.notice.SecretFile;
import io.kubevirt.cinotify.notice.http.Server;
import io.kubevirt.cinotify.notice.template.ExampleMessages;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What somebody gets who wants messages as JSON. */
class WebhookChannelTest {

    @TempDir
    Path folder;

    private final FakeWebhookTarget other = new FakeWebhookTarget();
    private final Server server = new Server(Duration.ofMillis(700));

    @AfterEach
    void close() {
        server.close();
        other.close();
    }

    private WebhookChannel channel(WebhookTarget... targets) {
        return new WebhookChannel(server, () -> List.of(targets));
    }

    private WebhookTarget target() {
        return new WebhookTarget("board", other.address(), null, Set.of(), Set.of());
    }

    private static Saying saying(Message message) {
        return new Saying("webhook", "board", new Content.IncidentNews(message, List.of("red on three")));
    }

    private static Saying opened() {
        return saying(ExampleMessages.full(MessageKind.OPENED));
    }

    private FaultyServer.Request received() {
        assertThat(other.taken()).hasSize(1);
        return other.taken().values().iterator().next();
    }

    @ParameterizedTest
    @EnumSource(MessageKind.class)
    void whatIsSentIsWhatTheSchemaSays(MessageKind kind) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("config", "webhook.schema.json")), InputFormat.JSON);

        for (Message message :
                List.of(ExampleMessages.full(kind), ExampleMessages.unclear(kind), ExampleMessages.bare(kind))) {
            String body = new String(WebhookBody.of(saying(message)).json(), StandardCharsets.UTF_8);
            assertThat(schema.validate(body, InputFormat.JSON)).as(body).isEmpty();
        }
    }

    @Test
    void aLetterIsWhatTheSchemaSays() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("config", "webhook.schema.json")), InputFormat.JSON);
        Saying letter = new Saying(
                "webhook", "board", new Content.Letter("week-10", "week", "webhook", "board", "This week", "- one"));

        String body = new String(WebhookBody.of(letter).json(), StandardCharsets.UTF_8);

        assertThat(schema.validate(body, InputFormat.JSON)).as(body).isEmpty();
        assertThat(schema.validate("{\"version\":1}", InputFormat.JSON)).isNotEmpty();
        assertThat(channel(target()).places(letter.content())).containsExactly("board");
    }

    @Test
    void theBodyIsSignedAndHasAKey() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "key\n");
        WebhookChannel channel =
                channel(new WebhookTarget("board", other.address(), new SecretFile(secret), Set.of(), Set.of()));

        assertThat(channel.post(opened())).isInstanceOf(Receipt.Written.class);

        FaultyServer.Request request = received();
        assertThat(request.headers().getFirst("Idempotency-Key")).isEqualTo("ci-notify:inc-4f1c-opened-1");
        assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/json");
        assertThat(request.headers().getFirst("X-Ci-Notify-Signature-256"))
                .isEqualTo(Signature.of(request.body().getBytes(StandardCharsets.UTF_8), "key"));
        assertThat(request.body()).contains("\"kind\":\"opened\"").contains("\"handle\":\"robin\"");
    }

    /** Made with {@code printf '{"a":1}' | openssl dgst -sha256 -hmac key}. */
    @Test
    void theSignatureIsTheOneThatOthersCompute() {
        assertThat(Signature.of("{\"a\":1}".getBytes(StandardCharsets.UTF_8), "key"))
                .isEqualTo("sha256=88a67f24bbcdaed0e6c997404bb79a743baf44c6bab2f4c27328e3009d22e342");
    }

    @Test
    void eachTargetGetsOnlyWhatItWants() {
        WebhookTarget all = target();
        WebhookTarget area = new WebhookTarget("area", other.address(), null, Set.of("prow"), Set.of());
        WebhookTarget kind = new WebhookTarget("kind", other.address(), null, Set.of(), Set.of(MessageKind.RESOLVED));

        WebhookChannel channel = channel(all, area, kind);

        assertThat(channel.places(opened().content())).containsExactly("board");
        assertThat(channel.places(
                        saying(ExampleMessages.full(MessageKind.RESOLVED)).content()))
                .containsExactly("board", "kind");
    }

    static Stream<Arguments> lostAnswers() {
        return Stream.of(
                Arguments.of("hangs", Fault.hangs().afterwards()),
                Arguments.of("closed without a word", Fault.drops().afterwards()),
                Arguments.of("500", Fault.answers(500, "oops").afterwards()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lostAnswers")
    void whatMayHaveArrivedComesAgainUnderTheSameKey(String name, Fault fault) {
        WebhookChannel channel = channel(target());
        channel.post(saying(ExampleMessages.bare(MessageKind.OPENED)));
        other.server().failOnce("ci", fault);

        assertThat(channel.post(opened())).isInstanceOf(Receipt.Unknown.class);
        assertThat(channel.post(opened())).isInstanceOf(Receipt.Written.class);

        assertThat(other.server().requests()).hasSize(3);
        assertThat(other.taken()).containsOnlyKeys("ci-notify:inc-4f1c-opened-1", "ci-notify:inc-9b02-opened");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            301 | Refused | give the address to which it sends us
            400 | Refused | webhook.schema.json
            401 | Later   | mend its secret
            404 | Later   | mend its address
            410 | Refused | take it out
            413 | Refused | larger bodies
            429 | Later   | 429
            408 | Later   | 408
            500 | Unknown | 500
            502 | Unknown | 502
            503 | Later   | 503
            504 | Unknown | 504
            """)
    void eachAnswerHasAStateAndASentence(int status, String state, String sentence) {
        other.server().failOnce("ci", Fault.answers(status, "no\nthanks"));

        Receipt receipt = channel(target()).post(opened());

        assertThat(receipt.getClass().getSimpleName()).isEqualTo(state);
        assertThat(receipt.toString()).contains(sentence, "board", "no thanks");
    }

    @Test
    void thePauseThatTheTargetWantsIsKept() {
        other.server().failOnce("ci", Fault.tooMany(7));

        assertThat(channel(target()).post(opened())).isInstanceOfSatisfying(Receipt.Later.class, later -> {
            assertThat(later.after()).isEqualTo(Duration.ofSeconds(7));
            assertThat(later.scope()).isEqualTo(Receipt.Scope.PLACE);
        });
    }

    @Test
    void anAnswerWithoutEndIsReadOnlyAtItsBeginning() {
        other.server().failOnce("ci", Fault.answers(200, "x".repeat(8 << 20)));

        assertThat(channel(target()).post(opened())).isInstanceOf(Receipt.Written.class);
    }

    @Test
    void whoeverIsNotThereOrNotWantedAnyMoreIsNamed() {
        WebhookTarget away = new WebhookTarget("board", URI.create("http://127.0.0.1:1/"), null, Set.of(), Set.of());
        WebhookTarget secretless = new WebhookTarget(
                "board", other.address(), new SecretFile(folder.resolve("missing")), Set.of(), Set.of());

        assertThat(channel(away).post(opened()).toString()).startsWith("Later").contains("127.0.0.1:1");
        assertThat(channel(secretless).post(opened()).toString())
                .startsWith("Later")
                .contains("no such file", "scope=PLACE");
        assertThat(channel().post(opened()).toString()).startsWith("Refused").contains("no webhook board any more");
    }
}
