// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.routing.Route;
import io.kubevirt.cinotify.routing.RouteSource;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The presets, with a sample of the public jobs of each Prow: names, files, repositories, dashboards and labels in OWNERS. */
class PresetsTest {
    private static final Path PRESETS = Path.of("config", "presets");
    private static final Path JOBS = Path.of("src/test/resources/presets");
    private static final String MEMBER =
            "| [A](https://github.com/a) | Mon-Fri | Europe/Berlin | Primary | Primary |\n";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes", "istio", "openshift"})
    void aPresetLacksOnlyTheMembersOfTheGroup(String preset) throws Exception {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> new ConfigLoader(PRESETS.resolve(preset), null).load())
                .satisfies(e -> assertThat(e.problems())
                        .extracting(ConfigProblem::toString)
                        .containsExactly("group.md:6: the table of members has no rows; add a row for each member"));

        Path copy = withMember(preset);
        assertThat(new CompletenessCheck(copy, new ConfigLoader(copy, null).load()).errors())
                .isEmpty();
    }

    @Test
    void theFirstSigDashboardOfAlmostEveryJobOfKubernetesIsFoundWithoutDashboards() throws Exception {
        Path preset = withMember("kubernetes");
        double withDashboards = shareRight(load(preset, "kubernetes"));
        Path settings = preset.resolve(ConfigLoader.FILE);
        String text = Files.readString(settings);
        Files.writeString(
                settings, text.replace("\nrouting:\n", "\nrouting:\n" + sourcesWithout(RouteSource.TESTGRID)));
        double withoutDashboards = shareRight(load(preset, "kubernetes"));
        Files.writeString(
                settings,
                text.replace("\nrouting:\n", "\nrouting:\n" + sourcesWithout(RouteSource.TESTGRID, RouteSource.RULES)));
        double withoutRules = shareRight(load(preset, "kubernetes"));

        System.out.printf(
                "SIG of Kubernetes' jobs: %.2f %%, without dashboards %.2f %%, also without rules %.2f %%%n",
                100 * withDashboards, 100 * withoutDashboards, 100 * withoutRules);
        assertThat(withDashboards).isGreaterThanOrEqualTo(0.99);
        assertThat(withoutDashboards).isGreaterThanOrEqualTo(0.95);
        assertThat(withoutRules).isGreaterThanOrEqualTo(0.90);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubernetes", "istio", "openshift"})
    void almostEveryJobHasAnOwner(String preset) throws Exception {
        Config config = load(withMember(preset), preset);

        List<String> unowned = config.jobs().all().stream()
                .filter(job -> config.diagnoser().route(job).source() == RouteSource.DEFAULT)
                .map(Job::name)
                .toList();

        assertThat(config.jobs().problems()).isEmpty();
        assertThat(unowned).hasSizeLessThan(config.jobs().all().size() / 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "istio/integ-telemetry_istio_postsubmit: extensions-telemetry",
                "istio/unit-tests_istio: test-and-release",
                "istio/doc.test.profile-demo_istio.io_release-1.28_pri: user-experience",
                "openshift/pull-ci-openshift-installer-master-e2e-aws-ovn: installer",
                "openshift/periodic-ci-openshift-hypershift-release-4.15-periodics-e2e-aws-ovn: hypershift",
                "openshift/branch-ci-openshift-cluster-network-operator-release-5.2-images: networking"
            })
    void jobsBelongToTheOwnerOfTheirTestsOrTheirRepository(String expected) throws Exception {
        String preset = expected.substring(0, expected.indexOf('/'));
        String job = expected.substring(expected.indexOf('/') + 1, expected.indexOf(':'));
        Config config = load(withMember(preset), preset);

        assertThat(config.jobs().named(job)).isNotEmpty().allSatisfy(found -> assertThat(
                        config.diagnoser().route(found).sig())
                .isEqualTo(expected.substring(expected.indexOf(' ') + 1)));
    }

    private static String sourcesWithout(RouteSource... omitted) {
        return RouteSource.DEFAULT_ORDER.stream()
                .filter(source -> !List.of(omitted).contains(source))
                .map(RouteSource::value)
                .collect(Collectors.joining(", ", "  sources: [", "]\n"));
    }

    /** The share of the jobs with a dashboard of a SIG whose route is that SIG. */
    private static double shareRight(Config config) {
        List<Boolean> right = new ArrayList<>();
        for (Job job : config.jobs().all()) {
            Route route = config.diagnoser().route(job);
            truth(config, job).ifPresent(sig -> right.add(sig.equals(route.sig())));
        }
        assertThat(right).hasSizeGreaterThan(500);
        return (double) right.stream().filter(Boolean::booleanValue).count() / right.size();
    }

    private static Optional<String> truth(Config config, Job job) {
        Map<String, String> abbreviations = Map.of("arch", "architecture", "contribex", "contributor-experience");
        return Stream.of(job.annotations()
                        .getOrDefault("testgrid-dashboards", "")
                        .split(","))
                .filter(dashboard -> dashboard.startsWith("sig-"))
                .findFirst()
                .flatMap(dashboard -> {
                    String name = dashboard.substring("sig-".length());
                    while (!name.isEmpty()) {
                        String sig = abbreviations.getOrDefault(name, name);
                        if (config.sigs().sig(sig).isPresent()) {
                            return Optional.of(sig);
                        }
                        name = name.substring(0, Math.max(name.lastIndexOf('-'), 0));
                    }
                    return Optional.empty();
                });
    }

    private Path withMember(String preset) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(preset));
        try (Stream<Path> files = Files.list(PRESETS.resolve(preset))) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        Files.writeString(copy.resolve("group.md"), MEMBER, StandardOpenOption.APPEND);
        return copy;
    }

    private Config load(Path preset, String jobs) throws Exception {
        Path jobFolder = folder.resolve("jobs");
        if (!Files.exists(jobFolder)) {
            writeJobs(Files.readAllLines(JOBS.resolve(jobs + ".tsv")), jobFolder);
        }
        return new ConfigLoader(preset, jobFolder).load();
    }

    /** Columns: type, repository, name, file, dashboards, description; for "owners": folder, labels and approvers. */
    private static void writeJobs(List<String> rows, Path folder) throws IOException {
        Map<String, Map<String, StringBuilder>> files = new TreeMap<>();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split("\t", -1);
            if (cells[0].equals("owners")) {
                write(
                        folder.resolve(cells[2]).resolve("OWNERS"),
                        "labels: [%s]\napprovers: [%s]\n".formatted(cells[3], cells[4]));
                continue;
            }
            boolean periodic = cells[0].equals("periodic");
            files.computeIfAbsent(cells[3], ignored -> new TreeMap<>())
                    .computeIfAbsent(
                            periodic ? "periodics:\n" : cells[0] + "s:\n  " + cells[1] + ":\n", StringBuilder::new)
                    .append("  - name: " + cells[2] + "\n"
                            + (periodic ? "    interval: 24h\n" : "")
                            + (periodic && !cells[1].isEmpty()
                                    ? "    extra_refs: [{org: %s, repo: %s}]\n"
                                            .formatted((Object[]) cells[1].split("/"))
                                    : "")
                            + "    annotations: {testgrid-dashboards: \"%s\", description: \"%s\"}\n"
                                    .formatted(cells[4], cells[5]));
        }
        for (Map.Entry<String, Map<String, StringBuilder>> file : files.entrySet()) {
            write(folder.resolve(file.getKey()), text(file.getValue()));
        }
    }

    /** One key for each type, with the repositories of that type below it. */
    private static String text(Map<String, StringBuilder> sections) {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (StringBuilder section : sections.values()) {
            String type = section.substring(0, section.indexOf("\n") + 1);
            text.append(type.equals(last) ? section.substring(type.length()) : section);
            last = type;
        }
        return text.toString();
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
