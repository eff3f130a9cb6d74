// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.replay;

import io.kubevirt.cinotify.cli.replay.HistoryReader.HistoryEntry;
import io.kubevirt.cinotify.config.Config;
import io.kubevirt.cinotify.digest.DigestData;
import io.kubevirt.cinotify.digest.DigestPeriod;
import io.kubevirt.cinotify.digest.IncidentHistory;
import io.kubevirt.cinotify.digest.LaneStatsCollector;
import io.kubevirt.cinotify.engine.digest.DigestDataLoader;
import io.kubevirt.cinotify.engine.digest.DigestFactory;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.prow.JobRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

public record ReplayDigestData(Config config, List<HistoryEntry> history) implements DigestFactory.DataSource {
    private static final String NOTE = "this is a replay: everybody who was notified acknowledges at once";

    @Override
    public DigestData of(DigestPeriod period, @Nullable String sig) {
        Replay replay = new Replay(config, true, step -> {});
        replay.play(history, period.until());
        LaneStatsCollector lanes = new LaneStatsCollector();
        history.stream()
                .filter(past -> period.contains(past.at()))
                .map(HistoryEntry::run)
                .filter(run -> !config.diagnoser().isPluginRun(run))
                .forEach(run -> lanes.add(run, sig(run)));
        return new DigestData(
                period,
                replay.recorder().histories(period),
                replay.recorder().notifications(period),
                lanes.stats(),
                sig == null ? List.of() : new ReplayTests(config, history).ofSig(sig, period, lanes.stats()),
                List.of(),
                config.knownIssues(),
                Map.of(),
                DigestDataLoader.rosterGaps(
                        config, period.until(), config.digests().zone()),
                List.of(NOTE));
    }

    private @Nullable String sig(JobRun run) {
        return run.state().isRed() ? config.diagnoser().diagnose(run).sig() : null;
    }

    static final class Recorder {
        private final Map<String, IncidentView> incidents = new TreeMap<>();
        private final Map<String, Instant> acknowledged = new HashMap<>();
        private final Map<String, Instant> firstNotified = new HashMap<>();
        private final List<DigestData.Notification> notifications = new ArrayList<>();

        void recordIncident(IncidentView incident, Instant now) {
            incidents.put(incident.id(), incident);
            if (incident.acknowledgedBy() != null) {
                acknowledged.putIfAbsent(incident.id(), now);
            }
        }

        void recordNotification(Notification message) {
            if (message.to() == null || !message.kind().interrupts()) {
                return;
            }
            String incident = message.incident().id();
            firstNotified.putIfAbsent(incident, message.at());
            Stream.of(message.to().handle(), message.to().sigPerson())
                    .filter(Objects::nonNull)
                    .distinct()
                    .forEach(person -> notifications.add(new DigestData.Notification(message.at(), person, incident)));
        }

        List<IncidentHistory> histories(DigestPeriod period) {
            return incidents.values().stream()
                    .filter(incident -> incident.openedAt().isBefore(period.until())
                            && (incident.closedAt() == null
                                    || !incident.closedAt().isBefore(period.from())))
                    .map(incident -> new IncidentHistory(
                            incident, firstNotified.get(incident.id()), acknowledged.get(incident.id())))
                    .toList();
        }

        List<DigestData.Notification> notifications(DigestPeriod period) {
            return notifications.stream()
                    .filter(message -> period.contains(message.at()))
                    .toList();
        }
    }
}
