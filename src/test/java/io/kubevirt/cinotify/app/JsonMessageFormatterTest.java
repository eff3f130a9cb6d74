// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class JsonMessageFormatterTest {

    @Test
    void aParagraphIsOneLineOfTheLog() throws Exception {
        Instant now = Instant.parse("2026-07-15T10:00:00Z");
        String line = JsonLogFormatter.forConsole(() -> now).apply("\n● OPENED  a \"lane\"\n  tell      somebody");

        assertThat(line).doesNotContain("\n").startsWith("{\"component\":\"ci-notify\",\"level\":\"info\",");
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.path("time").asText()).isEqualTo(now.toString());
        assertThat(read.path("msg").asText()).isEqualTo("OPENED  a \"lane\"");
        assertThat(read.path("notice").asText()).isEqualTo("● OPENED  a \"lane\"\n  tell      somebody");
    }
}
