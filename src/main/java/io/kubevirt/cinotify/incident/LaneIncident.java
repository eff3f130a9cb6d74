// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.KnownIssueMatch;
import java.time.Instant;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A broken family of lanes. */
@Persisted
public final class LaneIncident extends DetectedIncident {
    /** Stands for the whole family if no single lane of it is broken. */
    private static final String ANY_LANE = "*";

    private final GroupKey key;

    @JsonAlias("core")
    private final TreeSet<String> brokenLanes = new TreeSet<>();

    private final TreeSet<String> branches = new TreeSet<>();
    private final TreeMap<String, TreeSet<String>> green = new TreeMap<>();

    @JsonAlias("spokenAt")
    private Instant announcedAt;

    @JsonAlias("reach")
    private @Nullable NewBranch newBranch;

    private @Nullable Aftermath aftermath;
    private @Nullable FailureClass failureClass;
    private @Nullable Step step;
    private @Nullable KnownIssueMatch mute;
    private int passes;
    private @Nullable Instant lastGreen;
    private String strip = "";

    @JsonCreator
    public LaneIncident(
            @JsonProperty("id") String id,
            @JsonProperty("key") GroupKey key,
            @JsonProperty("openedAt") Instant openedAt,
            @JsonProperty("diagnosis") Diagnosis diagnosis) {
        super(id, openedAt, diagnosis);
        this.key = key;
        this.announcedAt = openedAt;
    }

    @Override
    public LaneIncident copy() {
        LaneIncident copy = copyTo(new LaneIncident(id(), key, openedAt(), diagnosis()));
        copy.brokenLanes.addAll(brokenLanes);
        copy.branches.addAll(branches);
        green.forEach((lane, witnesses) -> copy.green.put(lane, new TreeSet<>(witnesses)));
        copy.announcedAt = announcedAt;
        copy.newBranch = newBranch;
        copy.aftermath = aftermath;
        copy.failureClass = failureClass;
        copy.step = step;
        copy.mute = mute;
        copy.passes = passes;
        copy.lastGreen = lastGreen;
        copy.strip = strip;
        return copy;
    }

    /** The outage after which the lane is still broken; all such lanes are notified in one list. */
    public record Aftermath(String outage, String title, Instant at) {}

    /** A branch that the incident reached after the last notification. */
    public record NewBranch(String branch, Instant at) {}

    /**
     * How bad the incident was known to be when it was announced, and each time it got clearly worse.
     *
     * @param number 0 for the announcement
     * @param pulls distinct pull requests with a failure within the window of the lane
     * @param why what changed; empty for the announcement
     */
    public record Step(int number, Instant at, int pulls, int runs, String why) {}

    /** Forgets passing runs, broken lanes and the mute. */
    public void reset() {
        brokenLanes.clear();
        green.clear();
        mute = null;
    }

    /** Marks a lane as broken by itself, not only as part of the family. */
    public void addBrokenLane(String job) {
        brokenLanes.add(job);
    }

    /** Records a failed run; earlier passing runs no longer count towards closing. */
    public void red(String job) {
        green.remove(job);
        green.remove(ANY_LANE);
    }

    /**
     * Records a passing run.
     *
     * @param witness the pull request, or the run if there is none
     * @param enough how many distinct witnesses close a lane; more are not kept
     * @return whether every broken lane has enough
     */
    public boolean passed(String job, String witness, int enough) {
        addWitness(job, witness, enough);
        addWitness(ANY_LANE, witness, enough);
        Set<String> needed = brokenLanes.isEmpty() ? Set.of(ANY_LANE) : brokenLanes;
        return (brokenLanes.isEmpty() || brokenLanes.contains(job))
                && needed.stream()
                        .allMatch(lane ->
                                green.getOrDefault(lane, new TreeSet<>()).size() >= enough);
    }

    /** Records the result of a finished run for the extent. */
    public void addResult(boolean passed, Instant at, boolean sinceFailure) {
        passes += passed && sinceFailure ? 1 : 0;
        lastGreen = passed ? at : lastGreen;
        strip = RunExtent.appended(strip, passed);
    }

    public void clearStrip() {
        strip = "";
    }

    @Override
    public RunExtent extent() {
        return new RunExtent(runs() + passes, lastGreen, strip);
    }

    private void addWitness(String lane, String witness, int enough) {
        TreeSet<String> witnesses = green.computeIfAbsent(lane, none -> new TreeSet<>());
        if (witnesses.size() < enough) {
            witnesses.add(witness);
        }
    }

    /** Adds a branch; returns whether it was known before. */
    public boolean addKnownBranch(String branch) {
        return !branches.add(branch);
    }

    /** When the incident was last announced, not counting deferrals. */
    public Instant announcedAt() {
        return announcedAt;
    }

    public void reachNewBranch(String branch, Instant at) {
        newBranch = new NewBranch(branch, at);
        announcedAt = at;
    }

    /** Records how bad it is known to be. */
    public void reach(Step reached) {
        step = reached;
        announcedAt = reached.number() == 0 ? announcedAt : reached.at();
    }

    /** Null if an older version opened it. */
    public @Nullable Step step() {
        return step;
    }

    /** What most of its failures show; null if not known. */
    public @Nullable FailureClass failureClass() {
        return failureClass;
    }

    public void setFailureClass(@Nullable FailureClass most) {
        failureClass = most;
    }

    /** Whether a failure is surely another problem. */
    public boolean differsFrom(@Nullable FailureClass other) {
        return failureClass != null && other != null && failureClass.differsFrom(other);
    }

    public @Nullable NewBranch newBranch() {
        return newBranch;
    }

    public void setAftermath(@Nullable Aftermath outage) {
        aftermath = outage;
    }

    public @Nullable Aftermath aftermath() {
        return aftermath;
    }

    public void mute(@Nullable KnownIssueMatch issue) {
        mute = issue;
    }

    @Override
    public @Nullable KnownIssueMatch mute() {
        return mute;
    }

    /**
     * With the known issue that mutes the incident. A known issue that does not explain the whole incident is shown as
     * not muting.
     */
    @Override
    public Diagnosis diagnosis() {
        Diagnosis found = super.diagnosis();
        if (mute != null) {
            Diagnosis traced = found.trace().contains(mute.sentence()) ? found : found.because(mute.sentence());
            return traced.knownIssue(mute);
        }
        return found.knownIssue() == null
                ? found
                : found.knownIssue(found.knownIssue().unmuted());
    }

    public GroupKey groupKey() {
        return key;
    }

    public Set<String> brokenLanes() {
        return brokenLanes;
    }

    @Override
    public String key() {
        return key.toString();
    }

    @Override
    public String subject() {
        return key.toString();
    }

    @Override
    public IncidentKind kind() {
        return IncidentKind.LANE;
    }

    @Override
    public String title() {
        String family = key.family().name();
        FailureClass only = key.failureClass();
        return (key.repository().equals(GroupKey.NO_REPOSITORY) ? family : key.repository() + " " + family)
                + (only == null ? "" : " (" + only.description() + ")");
    }
}
