// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainBumpsTest {

    @TempDir
    private Path folder;

    @Test
    void theJsonFollowsItsContract() throws Exception {
        JsonNode answer = explain("""
            {"org":"kubevirt","repo":"project-infra","number":4711,"author":"kubevirt-bot","title":"Bump Prow","headRef":"prow-autobump","headOwner":"kubevirt-bot"}
            """).getFirst();

        List<String> fields = new ArrayList<>();
        answer.fieldNames().forEachRemaining(fields::add);
        assertThat(fields).containsExactly("repo", "number", "bump", "class", "area", "sig", "trace");
        assertThat(answer.get("repo").textValue()).isEqualTo("kubevirt/project-infra");
        assertThat(answer.get("number").intValue()).isEqualTo(4711);
        assertThat(answer.get("bump").booleanValue()).isTrue();
        assertThat(answer.get("class").textValue()).isEqualTo("prow-bump");
        assertThat(answer.get("area").textValue()).isEqualTo("prow");
        assertThat(answer.get("sig").textValue()).isEqualTo("none");
    }

    @Test
    void allFieldsAreOptional() throws Exception {
        List<JsonNode> answers = explain("""
            {}
            {"org":null,"repo":"kubevirt","number":null,"author":null,"title":"Bump kubevirtci","headRef":null,"headOwner":null}
            {"org":"kubevirt","repo":"project-infra","author":"kubevirt-bot","title":"Something new"}
            """);

        assertThat(answers.get(0).get("class").isNull()).isTrue();
        assertThat(answers.get(0).get("bump").booleanValue()).isFalse();
        assertThat(answers.get(1).get("class").textValue()).isEqualTo("kubevirtci-bump");
        assertThat(answers.get(2).get("class").textValue()).isEqualTo("unclassified");
        assertThat(answers.get(2).get("trace").toString()).contains("reported once to area prow");
    }

    @Test
    void aLineThatIsNotAPullRequestIsReported() throws Exception {
        Path file = Files.writeString(folder.resolve("pulls.jsonl"), "{}\nnonsense\n[1]\n");

        Terminal.Result result = Terminal.run("explain", "--bump-file", file.toString());

        assertThat(result.problems())
                .containsExactly(
                        file + ":2: is not JSON; write one object a line",
                        file + ":3: is not an object; correct the line");
    }

    private List<JsonNode> explain(String lines) throws Exception {
        Path file = Files.writeString(folder.resolve("pulls.jsonl"), lines);
        return Terminal.run("explain", "--bump-file", file.toString(), "--output", "json")
                .json();
    }
}
