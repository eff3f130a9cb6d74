// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.JobType;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The key of runs that count together. Runs of different types never do: a batch run of a presubmit job is another
 * lane.
 *
 * @param repository {@code org/name}, or {@link #NO_REPOSITORY}
 * @param name the family, or the job where a single lane is meant
 */
public record GroupKey(String repository, JobType type, String name) implements Comparable<GroupKey> {
    /** The repository of jobs that test none. */
    static final String NO_REPOSITORY = "-";

    /** Between the name and the class; job names have no space. Stored: do not change it. */
    private static final String CLASS = " class=";

    private static final Comparator<GroupKey> ORDER = Comparator.comparing(GroupKey::repository)
            .thenComparing(key -> key.type().prowName())
            .thenComparing(GroupKey::name);

    /** Interns the texts: every run has a key, and there are few distinct ones. */
    public GroupKey {
        repository = repository.intern();
        name = name.intern();
    }

    public static GroupKey of(JobRun run, String name) {
        return new GroupKey(
                run.repository() == null ? NO_REPOSITORY : run.repository().fullName(), run.type(), name);
    }

    /** Reads what {@link #toString} wrote. */
    @JsonCreator
    public static GroupKey parse(String text) {
        String[] parts = text.split(" ", 3);
        return new GroupKey(parts[0], JobType.named(parts[1]).orElseThrow(), parts[2]);
    }

    /** The key of a problem of this family that has another failure class than its first one. */
    public GroupKey ofClass(FailureClass failureClass) {
        return named(name + CLASS + failureClass);
    }

    /** The family, without a failure class. */
    public GroupKey family() {
        int end = name.indexOf(CLASS);
        return end < 0 ? this : named(name.substring(0, end));
    }

    /** The failure class of the problem; null for the first problem of a family, which has any. */
    public @Nullable FailureClass failureClass() {
        int end = name.indexOf(CLASS);
        return end < 0 ? null : FailureClass.parse(name.substring(end + CLASS.length()));
    }

    public GroupKey named(String other) {
        return new GroupKey(repository, type, other);
    }

    public boolean isPresubmit() {
        return type == JobType.PRESUBMIT;
    }

    @Override
    public int compareTo(GroupKey other) {
        return ORDER.compare(this, other);
    }

    @JsonValue
    @Override
    public String toString() {
        return repository + " " + type.prowName() + " " + name;
    }
}
