// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The alerts of the plugin's own health fire when they should, and only then. */
@Timeout(300)
class AlertsTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path FOLDER = Path.of("manifests", "monitoring");
    private static final List<String> TESTS = List.of("alerts.test.yaml", "alerts.days.test.yaml");

    @TempDir
    private Path folder;

    @Test
    void alertsFireAsTheirTestsExpect() throws Exception {
        assumeTrue(
                isThere("promtool"),
                "alerts are not tried here: there is no promtool (Debian: apt-get install prometheus, or of"
                        + " Prometheus' release)");
        YAML.writeValue(folder.resolve("alerts.rules.yaml").toFile(), alerts().path("spec"));
        succeeds("promtool", "check", "rules", "alerts.rules.yaml");
        for (String tests : TESTS) {
            Files.copy(FOLDER.resolve(tests), folder.resolve(tests));
            succeeds("promtool", "test", "rules", tests);
        }
    }

    @Test
    void eachAlertHasATestInWhichItFires() throws IOException {
        List<JsonNode> tests = new ArrayList<>();
        for (String file : TESTS) {
            tests.addAll(YAML.readTree(Files.readString(FOLDER.resolve(file))).findValues("alert_rule_test"));
        }
        List<String> fired = tests.stream()
                .flatMap(cases -> StreamSupport.stream(cases.spliterator(), false))
                .filter(expectation -> !expectation.path("exp_alerts").isEmpty())
                .map(expectation -> expectation.path("alertname").asText())
                .distinct()
                .toList();
        assertThat(fired).isNotEmpty().containsExactlyInAnyOrderElementsOf(alerts().findValuesAsText("alert"));
    }

    private static JsonNode alerts() throws IOException {
        return YAML.readTree(Files.readString(FOLDER.resolve("alerts.yaml")));
    }

    private void succeeds(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.onExit().join().exitValue()).as(text).isZero();
        }
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
