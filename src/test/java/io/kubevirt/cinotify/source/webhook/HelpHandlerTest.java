// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.fixture.ExternalPlugin;
import io.kubevirt.cinotify.fixture.ProwHook;
import io.kubevirt.cinotify.fixture.RawHttp;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plugin help (prow-contract §3). */
@Timeout(300)
class HelpHandlerTest {

    private final WebhookServer server = new WebhookServer("abcde12345");

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "[null]",
                "[{\"Org\":\"kubevirt\",\"Repo\":\"kubevirt\"},{\"Org\":\"nmstate\",\"Repo\":\"\"}]",
                "[{\"Org\":null,\"Added\":1}]"
            })
    void pluginHelpIsServedForAnyListOfRepositories(String question) throws IOException {
        RawHttp.Reply reply = ask("/help", question);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.headers()).containsEntry("content-type", "application/json");
        JsonNode help = new ObjectMapper().readTree(reply.body());
        assertThat(help.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("Description", "Config", "Events", "Commands");
        assertThat(help.get("Config").get("").textValue()).isEqualTo("Dry-run is on &amp; nothing is &lt;posted&gt;.");
        assertThat(help.get("Events").toString()).isEqualTo("[\"issue_comment\",\"pull_request\",\"status\"]");
        assertThat(help.get("Commands").toString()).isEqualTo("[]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "[", "[] []", "[{\"Org\":{}}]", "help!"})
    void aRequestWithoutAListIsAnsweredWith500(String question) throws IOException {
        RawHttp.Reply reply = ask("/hook/help", question);

        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).startsWith("500 ").doesNotContain("Exception", "com.fasterxml");
    }

    @Test
    void hookCollectsPluginHelp() {
        Map<String, JsonNode> help = ProwHook.signingWith("any")
                .register("kubevirt", new ExternalPlugin("ci-notify", server.at(""), List.of("status")))
                .pluginHelp();

        assertThat(help.get("ci-notify").get("Description").textValue()).contains("responsible");
    }

    @Test
    void aCommandIsSerializedAsInProw() throws IOException {
        PluginHelp.Command command = new PluginHelp.Command("/x", true, "does x", List.of("/x y"), "Anyone");

        assertThat(new ObjectMapper().valueToTree(command).toString())
                .isEqualTo("{\"Usage\":\"/x\",\"Featured\":true,\"Description\":\"does x\","
                        + "\"Examples\":[\"/x y\"],\"WhoCanUse\":\"Anyone\"}");
    }

    private RawHttp.Reply ask(String path, String question) throws IOException {
        return RawHttp.send(
                "POST",
                server.at(path),
                Map.of("Content-Type", "application/json", "Connection", "close"),
                question.getBytes(StandardCharsets.UTF_8));
    }
}
