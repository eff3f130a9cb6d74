// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kubevirt.cinotify.http.Secrets;
import java.time.Instant;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLogFormatterTest {

    @Test
    void aLineHasTheKeysOfProw() {
        ExtLogRecord line = line("delivery \"%s\" is late\nby a day", "a-b");
        line.putMdc("event-GUID", "a-b");
        line.putMdc("org", "example");

        assertThat(new JsonLogFormatter().format(line))
                .isEqualTo("{\"component\":\"ci-notify\",\"level\":\"warning\",\"severity\":\"warning\","
                        + "\"time\":\"2026-07-15T10:00:00Z\",\"logger\":\"EventLoop\",\"msg\":\"delivery"
                        + " \\\"a-b\\\" is late\\n"
                        + "by a day\",\"event-GUID\":\"a-b\",\"org\":\"example\"}\n");
    }

    @Test
    void anExceptionIsOnTheSameLine() {
        ExtLogRecord line = line("it failed");
        line.setThrown(new IllegalStateException("out of space"));

        String text = new JsonLogFormatter().format(line);

        assertThat(text)
                .containsOnlyOnce("\n")
                .endsWith("}\n")
                .contains("\"error\":\"java.lang.IllegalStateException: out of space");
    }

    @Test
    void secretsAreCensoredInEachField() {
        Secrets.add("xoxb-12345-abcde");
        ExtLogRecord line = line("token xoxb-12345-abcde of example/repo");
        line.putMdc("job", "job-xoxb-12345-abcde");
        line.setThrown(new IllegalStateException("401 for xoxb-12345-abcde"));

        assertThat(new JsonLogFormatter().format(line))
                .contains("token [secret] of example/repo", "401 for [secret]", "job-[secret]")
                .doesNotContain("xoxb");
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
