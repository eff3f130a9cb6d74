// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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

/** Routing rules from reassignments. */
class RuleSuggestionsTest {

    @Test
    void theNewestReassignmentOfAJobIsTheRule() throws IOException {
        Reassignment first = moved("pull-a", "storage", "sig-support", "one");
        Reassignment second = new Reassignment(
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
    void aRuleMatchesItsJobOnly() throws IOException {
        JsonNode rules = parsed(List.of(moved("pull-k8s-1.36-it's", "storage", "sig-support", "one")));
        Pattern job = Pattern.compile(rules.get(0).path("job").asText());

        assertThat(job.matcher("pull-k8s-1.36-it's").find()).isTrue();
        assertThat(job.matcher("pull-k8s-1x36-it's").find()).isFalse();
        assertThat(job.matcher("pull-k8s-1.36-it's-more").find()).isFalse();
    }

    @Test
    void aReassignmentWithoutChangeSuggestsNoRule() {
        assertThat(RuleSuggestions.yaml(List.of(moved("pull-a", "network", "sig-support", "one"))))
                .isEmpty();
        assertThat(RuleSuggestions.yaml(List.of())).isEmpty();
    }

    private static JsonNode parsed(List<Reassignment> moved) throws IOException {
        return new YAMLMapper().readTree(String.join("\n", RuleSuggestions.yaml(moved)));
    }

    private static Reassignment moved(String job, String sig, String area, String incident) {
        return new Reassignment(
                NOON, "dhiller", incident, job, "a/b", "named-sig", "network", "sig-support", sig, area);
    }
}
