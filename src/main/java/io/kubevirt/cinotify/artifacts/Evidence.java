// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.artifacts.ArtifactFile.FileState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the artifacts of a run show; {@code retryAfter} is zero if the store asks for no delay. */
public record Evidence(
        List<ArtifactFile> files,
        @Nullable FinishedMetadata finished,
        @Nullable CloneFailure cloneFailure,
        PodInfo pod,
        @Nullable String cluster,
        JunitReport tests,
        BuildLog log,
        Duration retryAfter) {
    /** Stands for all JUnit files if there is none. */
    public static final String JUNIT = "JUnit files";

    public Evidence {
        files = List.copyOf(files);
    }

    public static Evidence unreachable(String reason) {
        return new Evidence(
                List.of(new ArtifactFile(ArtifactFile.FINISHED, FileState.UNREACHABLE, reason)),
                null,
                null,
                PodInfo.UNKNOWN,
                null,
                JunitReport.NONE,
                BuildLog.NONE,
                Duration.ZERO);
    }

    /** True if no file could be read, not even in part. */
    public boolean isEmpty() {
        return files.stream().noneMatch(file -> file.state() == FileState.READ || file.state() == FileState.CUT);
    }

    /**
     * True if a later attempt may read more: the store is unreachable, or denies every file. A denied file beside
     * readable files most likely does not exist, so another attempt would not help.
     */
    public boolean isUnreachable() {
        return filesIn(FileState.UNREACHABLE).findAny().isPresent()
                || isEmpty() && filesIn(FileState.DENIED).findAny().isPresent();
    }

    /** True if the upload may still be running: the last file to be uploaded is missing. */
    public boolean isLate() {
        return state(ArtifactFile.FINISHED)
                .filter(state -> state == FileState.MISSING || state == FileState.DENIED && !isEmpty())
                .isPresent();
    }

    /** True if the run left no JUnit file for sure: the upload is complete, and the store lists none. */
    public boolean hasNoTests() {
        return finished != null
                && !finished.writtenByCrier()
                && state(JUNIT).filter(state -> state == FileState.MISSING).isPresent();
    }

    /** True if a JUnit file may show a failure that was not read. */
    public boolean hasUnreadTests() {
        return unread().stream().map(ArtifactFile::name).anyMatch(name -> name.equals(JUNIT) || name.endsWith(".xml"));
    }

    public List<ArtifactFile> unread() {
        return Stream.of(FileState.CUT, FileState.UNREADABLE, FileState.DENIED, FileState.UNREACHABLE)
                .flatMap(this::filesIn)
                .toList();
    }

    private Optional<FileState> state(String name) {
        return files.stream()
                .filter(file -> file.name().equals(name))
                .map(ArtifactFile::state)
                .findFirst();
    }

    private Stream<ArtifactFile> filesIn(FileState state) {
        return files.stream().filter(file -> file.state() == state);
    }

    /**
     * The content of {@code finished.json} (prow-contract §8).
     *
     * @param result in upper case: SUCCESS, FAILURE, ABORTED, ERROR; empty if absent
     * @param writtenByCrier true if crier wrote the file because the pod did not end properly
     */
    public record FinishedMetadata(String result, @Nullable Boolean passed, boolean writtenByCrier) {}

    /** The clone of the sources failed (prow-contract §8), which Prow reports as an ordinary failure. */
    public record CloneFailure(String repository, boolean conflict, String gitOutput) {}

    /**
     * The JUnit results of a run: names are normalized and limited in number; skipped tests did not run.
     *
     * @param passedToo failed tests that also passed, when they were run again
     * @param quarantined failed tests that are marked as such
     * @param repeated whether tests ran again although they had passed
     * @param messages of the first failures
     */
    public record JunitReport(
            List<String> failed,
            int failedCount,
            int ran,
            Set<String> passedToo,
            Set<String> quarantined,
            boolean repeated,
            List<TestMessage> messages) {
        public static final JunitReport NONE = new JunitReport(List.of(), 0, 0, Set.of(), Set.of(), false, List.of());

        public JunitReport {
            failed = List.copyOf(failed);
            passedToo = Set.copyOf(passedToo);
            quarantined = Set.copyOf(quarantined);
            messages = List.copyOf(messages);
        }

        /** The first lines of the first failure that has any. */
        public List<String> failureMessage() {
            return messages.stream()
                    .map(TestMessage::excerpt)
                    .filter(lines -> !lines.isEmpty())
                    .findFirst()
                    .orElse(List.of());
        }

        /** The tests that never passed, or failed although tests are repeated to find such. */
        public List<String> failedForGood() {
            return repeated
                    ? failed
                    : failed.stream().filter(name -> !passedToo.contains(name)).toList();
        }

        /** The tests that failed and passed, in the order of their failures. */
        public List<String> flaky() {
            return failed.stream().filter(passedToo::contains).toList();
        }
    }

    /**
     * Why a test failed.
     *
     * @param stopped whether the suite ended while the test ran
     * @param text the message and the start of the text
     * @param excerpt the first lines of the message, or else of the text
     */
    public record TestMessage(String test, boolean stopped, String text, List<String> excerpt) {
        public TestMessage {
            excerpt = List.copyOf(excerpt);
        }
    }
}
