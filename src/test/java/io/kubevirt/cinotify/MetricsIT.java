// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kubevirt.cinotify.fixture.FakeDeck;
import io.kubevirt.cinotify.fixture.PluginProcess;
import io.kubevirt.cinotify.fixture.StatusPayload;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md, alerts and dashboard agree with the running program. */
@Timeout(900)
class MetricsIT {

    private static final Path PAGE = Path.of("docs/metrics.md");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `(ci_notify_\\w+)` \\| (counter|gauge|histogram|summary) \\|(.*?)\\| .+ \\|$");
    private static final Pattern NAME = Pattern.compile("ci_notify_\\w+");

    @TempDir
    private Path home;

    @Test
    void theProgramExposesTheDocumentedMetrics() throws Exception {
        String page = Files.readString(PAGE);
        int rare = page.indexOf("These appear with their first value");
        try (FakeDeck deck = new FakeDeck()) {
            deck.serves(FakeDeck.document("""
                {"metadata": {"name": "one"}, "spec": {"type": "periodic", "job": "nightly"}, "status": {"state": "success"}}
                """));
            try (PluginProcess plugin = PluginProcess.serve(home, "--deck=" + deck.address())) {
                plugin.waitReady();
                plugin.post(StatusPayload.failure().bytes());
                plugin.post("{}".getBytes(StandardCharsets.UTF_8));
                Set<String> always = rows(page.substring(0, rare));
                await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(exposed(plugin.metrics()))
                        .containsAll(always));
                assertThat(exposed(plugin.metrics())).isSubsetOf(rows(page));
                assertThat(withoutHelp(plugin.metrics())).isEmpty();
                await().atMost(Duration.ofMinutes(3)).untilAsserted(() -> assertThat(plugin.metrics())
                        .contains("ci_notify_runs_total{source=\"hook\"", "ci_notify_runs_total{source=\"deck\""));
            }
        }
    }

    @Test
    void theDashboardShowsEachMetric() throws Exception {
        String dashboard = Files.readString(Path.of("manifests/monitoring/dashboard.json"));
        assertThat(rows(Files.readString(PAGE)).stream().map(row -> row.split(" ")[0]))
                .allSatisfy(metric -> assertThat(dashboard).contains(metric));
    }

    @Test
    void alertsAndDashboardQueryOnlyKnownMetrics() throws Exception {
        Set<String> known = rows(Files.readString(PAGE)).stream()
                .map(row -> row.split(" ")[0])
                .collect(Collectors.toSet());
        for (String file : new String[] {"alerts.yaml", "dashboard.json"}) {
            Set<String> asked = NAME.matcher(Files.readString(Path.of("manifests/monitoring", file)))
                    .results()
                    .map(match -> match.group().replaceFirst("_seconds_bucket$", "_seconds"))
                    .collect(Collectors.toSet());
            assertThat(asked).as(file).isNotEmpty().isSubsetOf(known);
        }
    }

    /** {@code name type [labels]} of each row. */
    private static Set<String> rows(String page) {
        return ROW.matcher(page)
                .results()
                .map(match -> match.group(1) + " " + match.group(2) + " "
                        + new TreeSet<>(Pattern.compile("\\w+")
                                .matcher(match.group(3))
                                .results()
                                .map(label -> label.group())
                                .toList()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> exposed(String text) {
        TreeMap<String, String> kinds = new TreeMap<>();
        Set<String> found = new TreeSet<>();
        text.lines()
                .filter(line -> line.startsWith("# TYPE ci_notify_"))
                .map(line -> line.split(" "))
                .forEach(words -> kinds.put(words[2], words[3]));
        for (String line : text.lines().toList()) {
            if (line.startsWith("ci_notify_") && !isMaximum(line, kinds)) {
                found.add(series(line, kinds));
            }
        }
        return found;
    }

    private static List<String> withoutHelp(String text) {
        return text.lines()
                .filter(line -> line.startsWith("# HELP ci_notify_") && line.split(" ", 4).length < 4)
                .toList();
    }

    /** Micrometer adds the maximum of the last minutes to each histogram. */
    private static boolean isMaximum(String line, TreeMap<String, String> kinds) {
        String name = line.split("[{ ]")[0];
        return name.endsWith("_max") && "histogram".equals(kinds.get(name.substring(0, name.length() - 4)));
    }

    /** Joins the series of a histogram or summary into one metric. */
    private static String series(String line, Map<String, String> kinds) {
        String name = line.split("[{ ]")[0];
        String family = kinds.containsKey(name) ? name : name.replaceFirst("_(total|bucket|count|sum)$", "");
        String kind = kinds.getOrDefault(family, "?");
        String labels = line.contains("{") ? line.substring(line.indexOf('{'), line.lastIndexOf('}')) : "";
        Set<String> names = Pattern.compile("(\\w+)=\"")
                .matcher(labels)
                .results()
                .map(label -> label.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        names.removeAll(Set.of("le", "quantile"));
        return (kind.equals("counter") ? name : family) + " " + kind + " " + names;
    }
}
