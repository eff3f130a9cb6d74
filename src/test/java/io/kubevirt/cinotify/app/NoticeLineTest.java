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
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NoticeLineTest {

    @Test
    void aParagraphIsOneLineOfTheLog() throws Exception {
        Instant now = Instant.parse("2026-07-15T10:00:00Z");
        String line = new NoticeLine(() -> now).apply("\n● OPENED  a \"lane\"\n  tell      somebody");

        assertThat(line).doesNotContain("\n").startsWith("{\"component\":\"ci-notify\",\"level\":\"info\",");
        JsonNode read = new ObjectMapper().readTree(line);
        assertThat(read.path("time").asText()).isEqualTo(now.toString());
        assertThat(read.path("msg").asText()).isEqualTo("OPENED  a \"lane\"");
        assertThat(read.path("notice").asText()).isEqualTo("● OPENED  a \"lane\"\n  tell      somebody");
    }
}
