// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.kubevirt.cinotify.http.BoundedStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;

/** A file of a run, named relative to the directory of the run, and the result of reading it. */
public record ArtifactFile(String name, FileState state, String remark) {
    public static final String FINISHED = "finished.json";
    static final String STARTED = "started.json";
    static final String PROW_JOB = "prowjob.json";
    static final String CLONE_RECORDS = "clone-records.json";
    static final String POD_INFO = "podinfo.json";
    static final String BUILD_LOG = "build-log.txt";

    @Override
    public String toString() {
        return name + " " + state.value() + (remark.isEmpty() ? "" : " (" + remark + ")");
    }

    /** The result of reading a file. Missing is a fact about the run; unreachable is not. */
    public enum FileState {
        READ,
        /** Read in part: the connection broke, or the file exceeds the limit. */
        CUT,
        MISSING,
        /** The file is broken or is a redirect. A retry does not help. */
        UNREADABLE,
        /** The store denies access; it may answer the same for a file that does not exist. */
        DENIED,
        /** The store did not answer, or answered with an error. */
        UNREACHABLE;

        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Distinguishes a broken file, which stays broken, from a broken connection. */
        static FileState ofFailure(Throwable failure) {
            return isConnectionFailure(failure) ? UNREACHABLE : UNREADABLE;
        }

        /** A parser wraps the exception of a broken stream; a broken gzip file raises an exception of its own. */
        private static boolean isConnectionFailure(Throwable failure) {
            return causes(failure).anyMatch(cause -> cause instanceof IOException)
                    && causes(failure).noneMatch(FileState::isFileFault);
        }

        private static boolean isFileFault(Throwable cause) {
            return cause instanceof BoundedStream.TooLongException
                    || cause instanceof MarkupLimits.BeyondLimitException
                    || cause instanceof EOFException
                    || cause instanceof ZipException
                    || cause instanceof JsonProcessingException
                    || cause instanceof XMLStreamException && cause.getCause() == null;
        }

        private static Stream<Throwable> causes(Throwable failure) {
            return Stream.of(
                            Stream.of(failure),
                            Stream.ofNullable(failure.getCause()).flatMap(FileState::causes),
                            Arrays.stream(failure.getSuppressed()).flatMap(FileState::causes))
                    .flatMap(streams -> streams);
        }
    }
}
