// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A problem, open or recently closed, as detected from events. Who was notified and who answered is kept elsewhere. */
@Persisted
public abstract sealed class DetectedIncident permits LaneIncident, OutageIncident, ReportedIncident {
    private static final int ID_LENGTH = 10;

    private final String id;
    private final Instant openedAt;
    private final TreeSet<String> lanes = new TreeSet<>();
    private final TreeSet<Integer> pulls = new TreeSet<>();
    private Diagnosis diagnosis;
    private boolean blocking;
    private Instant openSince;
    private @Nullable Instant closedAt;
    private @Nullable Instant firstFailure;
    private Instant lastFailure;
    private int runs;
    private @Nullable String foldedInto;
    private @Nullable FailedRun latest;
    private String why = "";
    private String whyOver = "";

    DetectedIncident(String id, Instant openedAt, Diagnosis diagnosis) {
        this.id = id;
        this.openedAt = openedAt;
        this.openSince = openedAt;
        this.lastFailure = openedAt;
        this.diagnosis = diagnosis;
    }

    /** An independent copy with the same state. */
    public abstract DetectedIncident copy();

    /** Sets all that the constructor does not. */
    final <T extends DetectedIncident> T copyTo(T copy) {
        DetectedIncident target = copy;
        target.lanes.addAll(lanes);
        target.pulls.addAll(pulls);
        target.diagnosis = diagnosis;
        target.blocking = blocking;
        target.openSince = openSince;
        target.closedAt = closedAt;
        target.firstFailure = firstFailure;
        target.lastFailure = lastFailure;
        target.runs = runs;
        target.foldedInto = foldedInto;
        target.latest = latest;
        target.why = why;
        target.whyOver = whyOver;
        return copy;
    }

    public static String idOf(String subject, Instant openedAt) {
        byte[] name = (subject + "@" + openedAt.toEpochMilli()).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString().replace("-", "").substring(0, ID_LENGTH);
    }

    /** The key in the detection state and in the timer queue. */
    public abstract String key();

    /** What the incident is about; the same each time it opens, and part of the id. */
    public abstract String subject();

    public abstract IncidentKind kind();

    public abstract String title();

    /** Opens or reopens the incident. */
    public void open(Instant at, String reason) {
        openSince = at;
        closedAt = null;
        lastFailure = at;
        why = reason;
        foldedInto = null;
    }

    public void close(Instant at, String reason) {
        closedAt = at;
        whyOver = reason;
    }

    public void addRun(RunRecord run) {
        lanes.add(run.job());
        if (run.pull() != 0) {
            pulls.add(run.pull());
        }
        if (firstFailure == null || run.at().isBefore(firstFailure)) {
            firstFailure = run.at();
        }
        runs++;
    }

    public void setLatest(FailedRun run) {
        latest = run;
    }

    public void failed(Instant at) {
        lastFailure = at;
    }

    public void foldInto(@Nullable String outage) {
        foldedInto = outage;
    }

    public void setDiagnosis(Diagnosis found, boolean blocks) {
        diagnosis = found;
        blocking = blocks;
    }

    void setLanes(Collection<String> jobs) {
        lanes.clear();
        lanes.addAll(jobs);
    }

    void setWhy(String reason) {
        why = reason;
    }

    public boolean isOpen() {
        return closedAt == null;
    }

    public boolean isFoldedInto(DetectedIncident outage) {
        return outage.id.equals(foldedInto);
    }

    /** The GitHub issue or pull request that the incident belongs to, as org/repo#number. */
    public @Nullable String conversation() {
        return null;
    }

    /** What people must do; null if that never changes. */
    public ReportedProblem.@Nullable Need need() {
        return null;
    }

    public String id() {
        return id;
    }

    public Instant openedAt() {
        return openedAt;
    }

    public @Nullable KnownIssueMatch mute() {
        return null;
    }

    /** The finished runs; null if it is not about a lane. */
    public @Nullable RunExtent extent() {
        return null;
    }

    public Diagnosis diagnosis() {
        return diagnosis;
    }

    public boolean blocking() {
        return blocking;
    }

    public Instant openSince() {
        return openSince;
    }

    public int runs() {
        return runs;
    }

    /** The first failed run that belongs to it; null without runs. It opens later: it takes several failures. */
    public @Nullable Instant firstFailure() {
        return firstFailure;
    }

    public @Nullable Instant closedAt() {
        return closedAt;
    }

    public Instant lastFailure() {
        return lastFailure;
    }

    public List<String> lanes() {
        return List.copyOf(lanes);
    }

    public List<Integer> pulls() {
        return List.copyOf(pulls);
    }

    public @Nullable String foldedInto() {
        return foldedInto;
    }

    public @Nullable FailedRun latest() {
        return latest;
    }

    public String why() {
        return why;
    }

    public String whyOver() {
        return whyOver;
    }

    /** The identity of an incident, which survives a replay even if the incident turns out to have begun earlier. */
    public record IncidentIdentity(String id, IncidentKind kind, String subject, Instant openedAt) {}
}
