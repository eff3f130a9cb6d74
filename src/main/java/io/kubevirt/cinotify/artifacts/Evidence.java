// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the artifacts of a run show, and what became of each file.
 *
 * @param files every file that was asked for
 * @param finished how it ended; null if that is not known
 * @param cloneFailure why its sources could not be had; null if they could, or nobody knows
 * @param pod where it ran and what became of its pod
 * @param cluster the alias of the build cluster; null if it is not told
 * @param tests what the JUnit files tell
 * @param log the build log
 * @param retryAfter how long the store wants to be left alone; zero if it does not say
 */
public record Evidence(
        List<ArtifactFile> files,
        @Nullable FinishedMetadata finished,
        @Nullable CloneFailure cloneFailure,
        PodInfo pod,
        @Nullable String cluster,
        JunitReport tests,
        BuildLog log,
        Duration retryAfter) {

    /** The name under which all JUnit files are told of where there is none. */
    public static final String JUNIT = "JUnit files";

    /** Copies the list. */
    public Evidence {
        files = List.copyOf(files);
    }

    /** Nothing could be read, for one reason. */
    public static Evidence unreachable(String why) {
        return new Evidence(
                List.of(new ArtifactFile(ArtifactName.FINISHED, FileState.UNREACHABLE, why)),
                null,
                null,
                PodInfo.UNKNOWN,
                null,
                JunitReport.NONE,
                BuildLog.NONE,
                Duration.ZERO);
    }

    /** Whether not a single file tells anything. */
    public boolean isEmpty() {
        return files.stream().noneMatch(file -> file.state() == FileState.READ || file.state() == FileState.CUT);
    }

    /**
     * Whether a later attempt may see more: something could not be reached, or nobody may look at anything. What alone is
     * denied beside files that were read is most likely not there, and another attempt would find the same.
     */
    public boolean isUnreachable() {
        return in(FileState.UNREACHABLE).findAny().isPresent()
                || isEmpty() && in(FileState.DENIED).findAny().isPresent();
    }

    /** Whether the files may still be on their way: the last one to come is not there. */
    public boolean isLate() {
        return state(ArtifactName.FINISHED)
                .filter(state -> state == FileState.MISSING || state == FileState.DENIED && !isEmpty())
                .isPresent();
    }

    /** Whether the run is known to have left no JUnit file: its upload has ended, and the store says so. */
    public boolean hasNoTests() {
        return finished != null
                && !finished.writtenByCrier()
                && state(JUNIT).filter(state -> state == FileState.MISSING).isPresent();
    }

    /** What was not read as it should have been, for the trace. */
    public List<ArtifactFile> unread() {
        return Stream.of(FileState.CUT, FileState.UNREADABLE, FileState.DENIED, FileState.UNREACHABLE)
                .flatMap(this::in)
                .toList();
    }

    private Optional<FileState> state(String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .map(ArtifactFile::state)
                .findFirst();
    }

    private Stream<ArtifactFile> in(FileState state) {
        return files.stream().filter(file -> file.state() == state);
    }
}
