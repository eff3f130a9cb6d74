// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonLogFormatterTest {

    @TempDir
    private Path folder;

    @Test
    void aLineHasTheKeysOfProw() {
        ExtLogRecord line = line("delivery \"%s\" is late\nby a day", "a-b");
        line.putMdc("event-GUID", "a-b");
        line.putMdc("org", "example");

        assertThat(new JsonLogFormatter(text -> text).format(line))
                .isEqualTo("{\"component\":\"ci-notify\",\"level\":\"warning\",\"severity\":\"warning\","
                        + "\"time\":\"2026-07-15T10:00:00Z\",\"logger\":\"EventLoop\",\"msg\":\"delivery"
                        + " \\\"a-b\\\" is late\\n"
                        + "by a day\",\"event-GUID\":\"a-b\",\"org\":\"example\"}\n");
    }

    @Test
    void anExceptionIsOnTheSameLine() {
        ExtLogRecord line = line("it failed");
        line.setThrown(new IllegalStateException("out of space"));

        String text = new JsonLogFormatter(plain -> plain).format(line);

        assertThat(text)
                .containsOnlyOnce("\n")
                .endsWith("}\n")
                .contains("\"error\":\"java.lang.IllegalStateException: out of space");
    }

    @Test
    void secretsAreRedactedInEachField() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "xoxb-12345-abcde\n");
        Path keys = Files.writeString(folder.resolve("hmac"), """
            example/repo:
            - value: first-key
              created_at: 2026-07-15T10:00:00Z
            - value: "second-key"
            """);
        Path pem = Files.writeString(
                folder.resolve("cert"),
                "-----BEGIN RSA PRIVATE KEY-----\n"
                        + "MIIEpAIBAAKCAQEAxyzxyzxyzxyzxyzxyzxyzxyz\n"
                        + "-----END RSA PRIVATE KEY-----\n");
        ExtLogRecord line =
                line("token xoxb-12345-abcde, keys first-key second-key of example/repo at 2026-07-15T10:00:00Z");
        line.putMdc("job", "MIIEpAIBAAKCAQEAxyzxyzxyzxyzxyzxyzxyzxyz");
        line.setThrown(new IllegalStateException("401 for xoxb-12345-abcde"));

        String text = new JsonLogFormatter(new SecretRedactor(List.of(token, keys, pem, folder.resolve("later"))))
                .format(line);

        assertThat(text)
                .contains(
                        "token [secret], keys [secret] [secret] of example/repo at 2026-07-15T10:00:00Z",
                        "401 for [secret]")
                .doesNotContain("xoxb", "first-key", "second-key", "MIIE");
    }

    @Test
    void aReplacedSecretStaysRedacted() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "the-old-token");
        SecretRedactor censor = new SecretRedactor(List.of(token));

        Files.writeString(token, "the-new-token");
        censor.refresh();

        assertThat(censor.apply("the-old-token, the-new-token")).isEqualTo("[secret], [secret]");
    }

    @Test
    void aConsoleMessageIsOneLogLine() throws Exception {
        Instant now = Instant.parse("2026-07-15T10:00:00Z");
        String line = JsonLogFormatter.forConsole(() -> now).apply("\n● OPENED  a \"lane\"\n  tell      somebody");

        assertThat(line).doesNotContain("\n").startsWith("{\"component\":\"ci-notify\",\"level\":\"info\",");
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.path("time").asText()).isEqualTo(now.toString());
        assertThat(read.path("msg").asText()).isEqualTo("OPENED  a \"lane\"");
        assertThat(read.path("notice").asText()).isEqualTo("● OPENED  a \"lane\"\n  tell      somebody");
    }

    private static ExtLogRecord line(String text, Object... parameters) {
        ExtLogRecord line = new ExtLogRecord(
                Level.WARN, text, ExtLogRecord.FormatStyle.PRINTF, "io.kubevirt.cinotify.engine.EventLoop");
        line.setLoggerName("io.kubevirt.cinotify.engine.EventLoop");
        line.setParameters(parameters);
        line.setInstant(Instant.parse("2026-07-15T10:00:00Z"));
        return line;
    }
}
