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

/** A family of lanes that is broken. */
@Persisted
public final class LaneIncident extends DetectedIncident {

    /** Stands for the family as a whole where no lane of it is broken by itself. */
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
    private @Nullable KnownIssueMatch mute;

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

    /** It speaks again after an outage, together with others. */
    public record Aftermath(String outage, String title, Instant at) {}

    /** It has reached a branch of which nobody has been told. */
    public record NewBranch(String branch, Instant at) {}

    /** Forgets what spoke for its end, which lanes are broken by themselves, and what explained it. */
    public void reset() {
        brokenLanes.clear();
        green.clear();
        mute = null;
    }

    /** A lane is broken by itself. */
    public void addBrokenLane(String job) {
        brokenLanes.add(job);
    }

    /** A red run: what passed before speaks for nothing. */
    public void red(String job) {
        green.remove(job);
        green.remove(ANY_LANE);
    }

    /**
     * A green run.
     *
     * @param witness the pull request, or the run where there is none
     * @param enough how many witnesses are enough; more are not kept
     * @return whether every lane that was broken by itself has enough
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

    private void addWitness(String lane, String witness, int enough) {
        TreeSet<String> witnesses = green.computeIfAbsent(lane, none -> new TreeSet<>());
        if (witnesses.size() < enough) {
            witnesses.add(witness);
        }
    }

    /** Whether the branch is known to be red; from now on it is. */
    public boolean addKnownBranch(String branch) {
        return !branches.add(branch);
    }

    /** When people were last to hear of it, had they all been at work. */
    public Instant announcedAt() {
        return announcedAt;
    }

    public void reachNewBranch(String branch, Instant at) {
        newBranch = new NewBranch(branch, at);
        announcedAt = at;
    }

    @Nullable public NewBranch newBranch() {
        return newBranch;
    }

    public void setAftermath(@Nullable Aftermath outage) {
        aftermath = outage;
    }

    @Nullable public Aftermath aftermath() {
        return aftermath;
    }

    /** Somebody cares for it, so that nobody is called; null if that explains it no more. */
    public void mute(@Nullable KnownIssueMatch issue) {
        mute = issue;
    }

    @Override
    @Nullable public KnownIssueMatch mute() {
        return mute;
    }

    /** With the issue that mutes it; one that does not is shown without its wish for silence. */
    @Override
    public Diagnosis diagnosis() {
        Diagnosis found = super.diagnosis();
        if (mute != null) {
            Diagnosis said = found.trace().contains(mute.sentence()) ? found : found.because(mute.sentence());
            return said.knownIssue(mute);
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
        return key.repository().equals(GroupKey.NO_REPOSITORY) ? key.name() : key.repository() + " " + key.name();
    }
}
