// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import io.kubevirt.cinotify.incident.stale.StalenessThresholds;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.JsonPointers;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how long jobs may be late; the reasons of the defaults stand in the preset. */
final class TimelinessReader {

    private static final String SECTION = "timeliness";
    private static final int MISSED_INTERVALS = 2;
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final int SILENT_PERIODICS = 3;
    private static final Duration SILENCE = Duration.ofHours(1);
    private static final Duration WAITING_LIMIT = Duration.ofHours(6);

    private final YamlDocument yaml;
    private final ConfigFile file;
    private final List<ConfigProblem> problems = new ArrayList<>();

    TimelinessReader(YamlDocument yaml, ConfigFile file) {
        this.yaml = yaml;
        this.file = file;
    }

    /**
     * Empty if the section is absent.
     *
     * @throws InvalidConfigException with every slip
     */
    Optional<StalenessThresholds> read() throws InvalidConfigException {
        ConfigFile.Timeliness written = file.timeliness();
        if (written == null) {
            return Optional.empty();
        }
        StalenessThresholds rules = rules(written);
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return Optional.of(rules);
    }

    private StalenessThresholds rules(ConfigFile.Timeliness written) {
        ConfigFile.ProblemAreas areas = written.areas();
        Map<String, Duration> clusters = new HashMap<>();
        if (written.clusters() != null) {
            written.clusters()
                    .forEach((cluster, limit) ->
                            clusters.put(cluster, duration(limit, WAITING_LIMIT, SECTION, "clusters", cluster)));
        }
        return new StalenessThresholds(
                count(written.missedIntervals(), MISSED_INTERVALS, 1, "missedIntervals"),
                duration(written.grace(), GRACE, SECTION, "grace"),
                count(written.silentPeriodics(), SILENT_PERIODICS, 2, "silentPeriodics"),
                duration(written.silence(), SILENCE, SECTION, "silence"),
                duration(written.waitingLimit(), WAITING_LIMIT, SECTION, "waitingLimit"),
                clusters,
                new StalenessThresholds.Areas(areas.missingRun(), areas.stalledCluster(), areas.silentProw()));
    }

    private int count(@Nullable Integer written, int otherwise, int least, String key) {
        if (written != null && written < least) {
            problems.add(yaml.problem(
                    JsonPointers.of(SECTION, key),
                    key + " is " + written + ", but at least " + least + " makes sense",
                    "write " + otherwise + ", or leave it out"));
        }
        return written == null ? otherwise : written;
    }

    private Duration duration(@Nullable String written, Duration otherwise, Object... at) {
        if (written == null) {
            return otherwise;
        }
        Optional<Duration> duration =
                GoDuration.parse(written).or(() -> iso(written)).filter(Duration::isPositive);
        if (duration.isEmpty()) {
            problems.add(yaml.problem(
                    JsonPointers.of(at),
                    "\"" + written + "\" is not a duration above zero",
                    "write it as " + GoDuration.format(otherwise)));
        }
        return duration.orElse(otherwise);
    }

    private static Optional<Duration> iso(String written) {
        try {
            return Optional.of(Duration.parse(written));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
