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
package io.kubevirt.cinotify.command;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people did by hand, as rules. */
class SuggestionsTest {

    @Test
    void theNewestWordOnAJobIsTheRule() throws IOException {
        Moved first = moved("pull-a", "storage", "sig-support", "one");
        Moved second = new Moved(
                NOON.plus(Duration.ofDays(1)),
                "dhiller",
                "two",
                "pull-a",
                "a/b",
                "named-sig",
                "network",
                "sig-support",
                "compute",
                "sig-support");

        JsonNode rules = parsed(List.of(first, second, moved("pull-b", "none", "prow", "three")));

        assertThat(rules).hasSize(2);
        assertThat(rules.get(0).path("job").asText()).isEqualTo("^pull-a$");
        assertThat(rules.get(0).path("sig").asText()).isEqualTo("compute");
        assertThat(rules.get(0).path("because").asText()).isEqualTo("dhiller reassigned it on 2026-07-16");
        assertThat(rules.get(0).path("repo").get(0).asText()).isEqualTo("a/b");
        assertThat(rules.get(1).path("area").asText()).isEqualTo("prow");
    }

    @Test
    void aRuleSpeaksOfItsJobOnly() throws IOException {
        JsonNode rules = parsed(List.of(moved("pull-k8s-1.36-it's", "storage", "sig-support", "one")));
        Pattern job = Pattern.compile(rules.get(0).path("job").asText());

        assertThat(job.matcher("pull-k8s-1.36-it's").find()).isTrue();
        assertThat(job.matcher("pull-k8s-1x36-it's").find()).isFalse();
        assertThat(job.matcher("pull-k8s-1.36-it's-more").find()).isFalse();
    }

    @Test
    void whatChangesNothingIsNoRule() {
        assertThat(Suggestions.yaml(List.of(moved("pull-a", "network", "sig-support", "one"))))
                .isEmpty();
        assertThat(Suggestions.yaml(List.of())).isEmpty();
    }

    private static JsonNode parsed(List<Moved> moved) throws IOException {
        return new YAMLMapper().readTree(String.join("\n", Suggestions.yaml(moved)));
    }

    private static Moved moved(String job, String sig, String area, String incident) {
        return new Moved(NOON, "dhiller", incident, job, "a/b", "named-sig", "network", "sig-support", sig, area);
    }
}
