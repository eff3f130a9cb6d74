// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTest {

    private static final String WEDNESDAY_NOON = "2026-07-15T10:00:00Z";
    private static final String SUNDAY = "2026-07-19T10:00:00Z";

    @Test
    void theJsonFollowsItsContract() throws Exception {
        JsonNode answer = json(
                "--job",
                "pull-kubevirt-e2e-k8s-1.36-sig-network",
                "--repo",
                "kubevirt/kubevirt",
                "--at",
                WEDNESDAY_NOON);

        List<String> fields = new ArrayList<>();
        answer.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "job",
                        "type",
                        "repo",
                        "sig",
                        "area",
                        "cause",
                        "rule",
                        "responsible",
                        "level",
                        "notifyAt",
                        "trace",
                        "sigPerson",
                        "blocking",
                        "confidence",
                        "symptoms",
                        "doubt",
                        "known");
        assertThat(answer.get("job").textValue()).isEqualTo("pull-kubevirt-e2e-k8s-1.36-sig-network");
        assertThat(answer.get("type").textValue()).isEqualTo("presubmit");
        assertThat(answer.get("repo").textValue()).isEqualTo("kubevirt/kubevirt");
        assertThat(answer.get("sig").textValue()).isEqualTo("network");
        assertThat(answer.get("area").textValue()).isEqualTo("sig-support");
        assertThat(answer.get("cause").textValue()).isEqualTo("test");
        assertThat(answer.get("rule").textValue()).isEqualTo("named-sig");
        assertThat(answer.get("responsible").textValue()).isEqualTo("dhiller");
        assertThat(answer.get("level").textValue()).isEqualTo("primary");
        assertThat(answer.get("notifyAt").textValue()).isEqualTo(WEDNESDAY_NOON);
        assertThat(answer.get("trace").isArray()).isTrue();
        assertThat(answer.get("trace")).allMatch(JsonNode::isTextual).hasSizeGreaterThan(2);
        assertThat(answer.get("blocking").isBoolean()).isTrue();
    }

    @Test
    void anUnknownJobIsReportedWithTheNearestName() throws Exception {
        String examples = "config/examples";
        Terminal.Result slip = Terminal.run(
                "explain",
                "--config",
                examples,
                "--job-config-path",
                examples + "/jobs",
                "--output",
                "text",
                "--job",
                "pull-crane-e2e-sig-tidse");
        assertThat(slip.code()).isEqualTo(2);
        assertThat(slip.out()).isEmpty();
        assertThat(slip.err())
                .contains("the job configuration has no job \"pull-crane-e2e-sig-tidse\"; did you mean"
                        + " pull-crane-e2e-sig-tides?");

        Terminal.Result right = Terminal.run(
                "explain",
                "--config",
                examples,
                "--job-config-path",
                examples + "/jobs",
                "--output",
                "text",
                "--job",
                "pull-crane-e2e-sig-tides");
        assertThat(right.code()).isZero();
    }

    @Test
    void aNameOfSeveralRepositoriesIsNotExplainedForTheFirst(@TempDir Path jobs) throws Exception {
        Files.writeString(jobs.resolve("jobs.yaml"), """
            presubmits:
              a/b: [{name: unit, branches: [main]}, {name: unit, branches: [release]}]
              c/d: [{name: unit}]
            """);
        Terminal.Result unclear = Terminal.run("explain", "--job", "unit", "--job-config-path", jobs.toString());
        assertThat(unclear.code()).isEqualTo(2);
        assertThat(unclear.err()).contains("3 jobs are named \"unit\"; choose one with --repo a/b, --repo c/d");

        assertThat(Terminal.run("explain", "--job", "unit", "--repo", "c/d", "--job-config-path", jobs.toString())
                        .code())
                .isZero();
        String pull = "https://github.com/c/d/pull/5";
        assertThat(Terminal.run("explain", "--job", "unit", "--url", pull, "--job-config-path", jobs.toString())
                        .code())
                .isZero();
        assertThat(Terminal.run("explain", "--job", "unite", "--url", pull, "--job-config-path", jobs.toString())
                        .err())
                .contains("the job configuration has no job \"unite\"; did you mean unit?");
    }

    @Test
    void aNotificationOnSundayWaitsForMonday() throws Exception {
        JsonNode answer = json("--job", "periodic-kubevirtci-cluster-livez", "--type", "periodic", "--at", SUNDAY);

        assertThat(answer.get("area").textValue()).isEqualTo("operations");
        assertThat(answer.get("sig").textValue()).isEqualTo("none");
        assertThat(answer.get("notifyAt").textValue()).isGreaterThan(SUNDAY);
    }

    @Test
    void anAbortedRunNotifiesNobody() throws Exception {
        JsonNode answer = json("--job", "pull-x", "--state", "aborted", "--description", "Aborted by trigger plugin.");

        assertThat(answer.get("cause").textValue()).isEqualTo("aborted");
        assertThat(answer.get("responsible").isNull()).isTrue();
        assertThat(answer.get("level").isNull()).isTrue();
        assertThat(answer.get("notifyAt").isNull()).isTrue();
    }

    @Test
    void theDescriptionOfProwOverridesTheLane() throws Exception {
        JsonNode answer = json(
                "--job",
                "pull-kubevirt-e2e-k8s-1.36-sig-network",
                "--state",
                "error",
                "--description",
                "Pod scheduling timeout.",
                "--at",
                WEDNESDAY_NOON);

        assertThat(answer.get("cause").textValue()).isEqualTo("infrastructure");
        assertThat(answer.get("sig").textValue()).isEqualTo("none");
        assertThat(answer.get("area").textValue()).isEqualTo("operations");
    }

    @Test
    void failingTestsDecideTheSig() throws Exception {
        JsonNode answer = json(
                "--job",
                "pull-kubevirt-e2e-k8s-1.36-sig-network",
                "--test",
                "[sig-operator] a",
                "--test",
                "[sig-operator] b");

        assertThat(answer.get("sig").textValue()).isEqualTo("control-plane");
        assertThat(answer.get("rule").textValue()).isEqualTo("failing-tests");
        assertThat(answer.get("area").textValue()).isEqualTo("sig-support");
    }

    @Test
    void aPullRequestNamesTheRepositoryOfAJob() throws Exception {
        for (String server : List.of("https://github.com", "https://github.example.com")) {
            String pull = server + "/kubevirt/containerized-data-importer/pull/7/files";
            assertThat(json("--job", "pull-x", "--url", pull).get("repo").textValue())
                    .isEqualTo("kubevirt/containerized-data-importer");

            Terminal.Result alone = Terminal.run("explain", "--url", pull);
            assertThat(alone.code()).isEqualTo(2);
            assertThat(alone.err())
                    .contains("\"" + pull + "\" is a pull request, not the page of a run; name the job as well with"
                            + " --job NAME, or use the URL that Details of its failed check links to");
        }
    }

    @Test
    void jobAndRepositoryComeFromTheUrl() throws Exception {
        JsonNode answer = json(
                "--url",
                "https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/pr-logs/pull/kubevirt_kubevirt/16131/pull-kubevirt-e2e-k8s-1.33-sig-storage/1993935255802744832",
                "--artifacts-endpoint",
                "http://127.0.0.1:1");

        assertThat(answer.get("trace").toString()).contains("no evidence");
        assertThat(answer.get("symptoms").isNull()).isTrue();
        assertThat(answer.get("job").textValue()).isEqualTo("pull-kubevirt-e2e-k8s-1.33-sig-storage");
        assertThat(answer.get("repo").textValue()).isEqualTo("kubevirt/kubevirt");
        assertThat(answer.get("type").textValue()).isEqualTo("presubmit");
        assertThat(answer.get("sig").textValue()).isEqualTo("storage");
    }

    @Test
    void theTextExplainsTheFailure() {
        Terminal.Result result = Terminal.run(
                "explain",
                "--output",
                "text",
                "--job",
                "pull-kubevirt-e2e-k8s-1.36-sig-network",
                "--at",
                WEDNESDAY_NOON);

        assertThat(result.out()).startsWith("""
            pull-kubevirt-e2e-k8s-1.36-sig-network
              sig     network (eddev)
              area    sig-support
              cause   test by rule named-sig, confidence medium
              notify  dhiller (Primary) at 2026-07-15T10:00:00Z
              why     Prow reports failure "Job failed.": the pod failed; see its artifacts
              why     rule named-sig: the name of the lane names the SIG of its tests
              why     blocking: unknown; no job configuration and no label says whether the job is optional
            """);
    }

    @Test
    void aFileOfRunsIsAnsweredLineByLine(@TempDir Path folder) throws Exception {
        Path runs = folder.resolve("runs.jsonl");
        Files.writeString(runs, """
            {"job": "pull-a-sig-network", "org": "kubevirt", "repo": "kubevirt", "type": "presubmit"}

            {"job": "pull-b", "repo": "nmstate/kubernetes-nmstate", "org": null, "url": "https://elsewhere.example.org/1"}
            {"job": "pull-c", "tests": ["[sig-storage] x"], "cluster": null}
            """);

        List<JsonNode> answers = Terminal.run("explain", "--file", runs.toString(), "--output", "json")
                .json();

        assertThat(answers)
                .extracting(answer -> answer.get("job").textValue())
                .containsExactly("pull-a-sig-network", "pull-b", "pull-c");
        assertThat(answers)
                .extracting(answer -> answer.get("repo").asText())
                .containsExactly("kubevirt/kubevirt", "nmstate/kubernetes-nmstate", "null");
        assertThat(answers)
                .extracting(answer -> answer.get("sig").textValue())
                .containsExactly("network", "network", "storage");
    }

    @Test
    void eachInvalidLineIsReportedAndNothingIsExplained(@TempDir Path folder) throws Exception {
        Path runs = folder.resolve("runs.jsonl");
        Files.writeString(runs, """
            {"job": "good"}
            {"job": "cut off
            [1, 2]
            {"repo": "kubevirt/kubevirt"}

            {"job": "x", "type": "nightly"}
            {"job": "x", "repo": "a/b/c"}
            """);

        Terminal.Result result = Terminal.run("explain", "--file", runs.toString());

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().replace(runs.toString(), "FILE").lines())
                .containsExactly(
                        "FILE:2: is not JSON; write one object a line",
                        "FILE:3: is not an object; correct the line",
                        "FILE:4: no job given; use --job NAME or --url BUILD_URL; correct the line",
                        "FILE:6: unknown job type \"nightly\"; known: presubmit, postsubmit, periodic, batch; correct"
                                + " the line",
                        "FILE:7: \"a/b/c\" is not of the form org/repo; correct the line");
    }

    @Test
    void anUnreadableFileIsReported(@TempDir Path folder) throws Exception {
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

        assertThat(Terminal.run("explain", "--file", "no/such/file").problems())
                .containsExactly("no/such/file: no such file; correct --file");
        for (Path file : List.of(folder, binary)) {
            Terminal.Result result = Terminal.run("explain", "--file", file.toString());
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.problems())
                    .containsExactly(file + ": cannot be read as text in UTF-8; use a file with one object a line");
        }
    }

    private static JsonNode json(String... options) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("explain", "--output", "json"));
        arguments.addAll(List.of(options));
        Terminal.Result result = Terminal.run(arguments.toArray(String[]::new));
        assertThat(result.problems()).containsExactly("warning: " + ConfigLoader.WITHOUT_JOBS);
        assertThat(result.code()).isZero();
        assertThat(result.json()).hasSize(1);
        return result.json().getFirst();
    }
}
