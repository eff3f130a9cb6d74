// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobState;
import io.kubevirt.cinotify.prow.Pull;
import java.lang.ref.WeakReference;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What detection keeps of a finished run for a day. There are many, so it is compact: runs share what they have in common, an
 * instant takes twelve bytes, and a build id, which is a number, eight.
 */
public final class RunRecord {
    private final long number;
    private final long second;
    private final int nano;
    private final int pull;
    private final Shared shared;
    /** The end of the id if it is an unsigned number. */
    private final long build;

    private final @Nullable String sha;
    private final JobState state;

    private RunRecord(Document run) {
        this.number = run.number();
        this.second = run.at().getEpochSecond();
        this.nano = run.at().getNano();
        this.pull = run.pull();
        int end = run.id().lastIndexOf(' ') + 1;
        String tail = run.id().substring(end);
        boolean numeric = isUnsigned(tail);
        this.build = numeric ? Long.parseUnsignedLong(tail) : 0;
        this.shared = new Shared(
                        run.key(),
                        run.job(),
                        run.base(),
                        run.cluster(),
                        run.requiredFailures(),
                        numeric ? run.id().substring(0, end) : run.id(),
                        numeric)
                .canonical();
        this.sha = run.sha() == null ? null : run.sha().intern();
        this.state = run.state();
    }

    /**
     * A run as it is stored, as an array.
     *
     * @param number numbers the runs in the order of processing
     * @param at when the run was processed
     * @param key the family
     * @param pull the first pull request under test; 0 for none
     * @param requiredFailures how many failures the job itself requires before a notification
     */
    @JsonFormat(shape = JsonFormat.Shape.ARRAY)
    public record Document(
            long number,
            Instant at,
            String id,
            GroupKey key,
            String job,
            int pull,
            String base,
            @Nullable String sha,
            @Nullable String cluster,
            JobState state,
            @Nullable Integer requiredFailures) {}

    /**
     * What the runs of a lane have in common; each is kept once, as long as a run has it.
     *
     * @param idPrefix the id up to the build; the whole id of a run without one, which shares nothing
     */
    private record Shared(
            GroupKey key,
            String job,
            String base,
            @Nullable String cluster,
            @Nullable Integer requiredFailures,
            String idPrefix,
            boolean hasBuild) {
        private static final Map<Shared, WeakReference<Shared>> KNOWN = new WeakHashMap<>();

        Shared canonical() {
            synchronized (KNOWN) {
                WeakReference<Shared> reference = KNOWN.get(this);
                @Nullable Shared known = reference == null ? null : reference.get();
                if (known != null) {
                    return known;
                }
                KNOWN.put(this, new WeakReference<>(this));
                return this;
            }
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RunRecord of(Document run) {
        return new RunRecord(run);
    }

    @JsonValue
    Document document() {
        return new Document(
                number,
                at(),
                id(),
                shared.key(),
                shared.job(),
                pull,
                shared.base(),
                sha,
                shared.cluster(),
                state,
                shared.requiredFailures());
    }

    /** A run that has ended. {@code failures}: how many its job requires before a notification. */
    public static RunRecord of(long number, Instant at, ObservedRun event, GroupKey key, @Nullable Integer failures) {
        JobRun run = event.diagnosedRun().run();
        Optional<Pull> pull = run.pulls().stream().findFirst();
        return new RunRecord(new Document(
                number,
                at,
                event.id(),
                key,
                run.job(),
                pull.map(Pull::number).orElse(0),
                run.baseRef() == null ? "" : run.baseRef(),
                pull.map(Pull::sha).orElse(null),
                run.cluster(),
                run.state(),
                failures));
    }

    /** Whether the text is what {@link Long#toUnsignedString(long)} writes. */
    private static boolean isUnsigned(String text) {
        try {
            return Long.toUnsignedString(Long.parseUnsignedLong(text)).equals(text);
        } catch (NumberFormatException e) {
            return false;
        }
    }

    public long number() {
        return number;
    }

    public Instant at() {
        return Instant.ofEpochSecond(second, nano);
    }

    /** As {@code at().isAfter(instant)}. */
    public boolean isAfter(Instant instant) {
        return second > instant.getEpochSecond() || second == instant.getEpochSecond() && nano > instant.getNano();
    }

    public String id() {
        return shared.hasBuild() ? shared.idPrefix() + Long.toUnsignedString(build) : shared.idPrefix();
    }

    /** The family. */
    public GroupKey key() {
        return shared.key();
    }

    public String job() {
        return shared.job();
    }

    /** The first pull request under test; 0 for none. */
    public int pull() {
        return pull;
    }

    public String base() {
        return shared.base();
    }

    public @Nullable String cluster() {
        return shared.cluster();
    }

    public JobState state() {
        return state;
    }

    /** How many failures the job itself requires before a notification. */
    public @Nullable Integer requiredFailures() {
        return shared.requiredFailures();
    }

    /** What the failure is attributed to: the pull request, or the job if there is none. */
    public String subject() {
        return pull == 0 ? key().repository() + " " + job() : pullKey().toString();
    }

    public PullKey pullKey() {
        return new PullKey(key().repository(), pull);
    }

    public GroupKey lane() {
        return key().named(job());
    }

    public boolean sameJobAndCommit(RunRecord other) {
        return sha != null && sha.equals(other.sha) && job().equals(other.job());
    }

    /** A pull request. {@code number}: 0 if not known. */
    public record PullKey(String repository, int number) {
        /** Reads what {@link #toString} wrote. */
        @JsonCreator
        static PullKey parse(String text) {
            int hash = text.lastIndexOf('#');
            return new PullKey(text.substring(0, hash), Integer.parseInt(text.substring(hash + 1)));
        }

        @JsonValue
        @Override
        public String toString() {
            return repository + "#" + number;
        }
    }
}
