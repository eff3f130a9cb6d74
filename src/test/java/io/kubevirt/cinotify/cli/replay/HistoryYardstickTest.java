// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.incident.IncidentKind;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays half a year of real failures (without their URLs) and compares the result with the known outages. */
class HistoryYardstickTest {

    private static final Path DATA = Path.of("src/test/resources/history");
    private static final Path FAILURES = DATA.resolve("failures.jsonl.gz");

    private static Config settings;
    private static List<HistoryReader.HistoryEntry> history;
    private static ReplayReport report;
    private static int steps;

    /** The replay in which nobody acknowledges, and whether its accounting held at each step. */
    private static ReplayReport unacknowledged;

    private static final List<ReplayReport.Accounting> UNBALANCED = new ArrayList<>();

    /** A known outage. */
    private record Broken(Instant first, Instant last, Set<String> lanes, String confidence) {

        static Broken of(String line) {
            String[] columns = line.split("\t", -1);
            Set<String> lanes = Stream.of(columns[7].split(" "))
                    .map(lane -> "pull-kubevirt-e2e-" + lane.replaceFirst("x\\d+$", ""))
                    .map(HistoryYardstickTest::family)
                    .collect(Collectors.toSet());
            return new Broken(Instant.parse(columns[1]), Instant.parse(columns[2]), lanes, columns[columns.length - 1]);
        }

        boolean concerns(ReplayReport.Incident incident) {
            return incident.kind() == IncidentKind.OUTAGE
                    || incident.lanes().stream()
                            .map(HistoryYardstickTest::family)
                            .anyMatch(lanes::contains);
        }

        boolean isAnnounced() {
            return report.messages().stream()
                    .filter(sent -> sent.kind().interrupts())
                    .filter(sent -> !sent.at().isBefore(first.minus(Duration.ofDays(1)))
                            && !sent.at().isAfter(last))
                    .anyMatch(sent -> report.incidents().stream()
                            .anyMatch(incident -> incident.id().equals(sent.incident()) && concerns(incident)));
        }
    }

    /** The family of a lane, computed in another way than the engine does. */
    private static String family(String lane) {
        return lane.replaceFirst("-k8s-[0-9.]+", "")
                .replaceFirst("-kind-[0-9.]+", "-kind")
                .replaceFirst("-[0-9]+\\.[0-9]+$", "");
    }

    @BeforeAll
    static void play() throws InvalidConfigException, IOException {
        settings = new ConfigLoader(Path.of("config"), null).load();
        history = new HistoryReader(settings).readAll(List.of(FAILURES));
        AtomicInteger count = new AtomicInteger();
        report = new Replay(settings, true, step -> count.incrementAndGet()).play(history, null);
        steps = count.get();
        unacknowledged = new Replay(settings, false, step -> {
                    if (!step.holds()) {
                        UNBALANCED.add(step);
                    }
                })
                .play(history, null);
    }

    @Test
    void interruptionsAreRare() {
        assertThat(report.perWeek().mean()).isLessThanOrEqualTo(3.2);
        assertThat(report.perWeek().p95()).isLessThanOrEqualTo(8);
    }

    @ParameterizedTest
    @CsvSource({"C, 100", "L, 90"})
    void realOutagesAreNotifiedWhileTheyLast(String confidence, int percent) throws IOException {
        Instant begin = history.getFirst().at();
        Instant end = history.getLast().at();
        List<Broken> list = Files.readAllLines(DATA.resolve("incidents.tsv")).stream()
                .skip(1)
                .map(Broken::of)
                .filter(broken -> broken.confidence().equals(confidence))
                .filter(broken ->
                        !broken.first().isBefore(begin) && !broken.first().isAfter(end))
                .toList();

        List<Broken> missed =
                list.stream().filter(broken -> !broken.isAnnounced()).toList();

        assertThat(list).isNotEmpty();
        assertThat(missed).hasSizeLessThanOrEqualTo(list.size() * (100 - percent) / 100);
    }

    @Test
    void anAbandonedBranchIsNoLaneIncident() {
        assertThat(report.incidents())
                .filteredOn(incident -> incident.kind() == IncidentKind.LANE)
                .allSatisfy(incident -> assertThat(incident.pulls()).isGreaterThanOrEqualTo(3));
    }

    @Test
    void eachRunIsAccountedForAtEachStep() {
        assertThat(UNBALANCED).isEmpty();
        assertThat(steps).isGreaterThan(history.size());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void nobodyIsNotifiedOutsideTheirHoursUnlessItBlocks(boolean acknowledged) {
        Roster roster = settings.roster();
        Set<String> outages = report.incidents().stream()
                .filter(incident -> incident.kind() == IncidentKind.OUTAGE)
                .map(ReplayReport.Incident::id)
                .collect(Collectors.toSet());

        assertThat((acknowledged ? report : unacknowledged).messages())
                .filteredOn(sent -> sent.person() != null && !outages.contains(sent.incident()))
                .hasSizeGreaterThan(100)
                .allSatisfy(sent -> assertThat(roster.member(sent.person())
                                .orElseThrow()
                                .schedule()
                                .isAtWork(sent.at()))
                        .as("%s", sent)
                        .isTrue());
    }

    /** A second copy of the history takes as many steps as the first one. */
    @Test
    void theStepsGrowWithTheLengthOfTheHistory() {
        Duration shift = Duration.between(
                        history.getFirst().at(), history.getLast().at())
                .plusDays(30);
        List<HistoryReader.HistoryEntry> twice = new ArrayList<>(history);
        history.forEach(past -> twice.add(shifted(past, shift)));
        AtomicInteger count = new AtomicInteger();

        new Replay(settings, true, step -> count.incrementAndGet()).play(twice, null);

        assertThat(count.get()).isGreaterThan(steps).isLessThan(steps * 5 / 2);
    }

    private static HistoryReader.HistoryEntry shifted(HistoryReader.HistoryEntry past, Duration by) {
        return new HistoryReader.HistoryEntry(past.at().plus(by), past.id() + "-2", past.run(), past.evidence());
    }
}
