// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kubevirt.cinotify.http.BoundedStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;

/** Tells a file that is broken, and stays so, from a store that broke off. */
final class ReadFailure {

    private ReadFailure() {}

    static FileState stateOf(Throwable failure) {
        return isInterrupted(failure) ? FileState.UNREACHABLE : FileState.UNREADABLE;
    }

    /** A parser says that a stream failed by an exception around the stream's; what a zipped file is like, itself. */
    private static boolean isInterrupted(Throwable failure) {
        return causes(failure).anyMatch(part -> part instanceof IOException)
                && causes(failure).noneMatch(ReadFailure::isFileFault);
    }

    private static boolean isFileFault(Throwable part) {
        return part instanceof BoundedStream.TooLongException
                || part instanceof EOFException
                || part instanceof ZipException
                || part instanceof JsonProcessingException
                || part instanceof XMLStreamException && part.getCause() == null;
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.of(
                        Stream.of(failure),
                        Stream.ofNullable(failure.getCause()).flatMap(ReadFailure::causes),
                        Arrays.stream(failure.getSuppressed()).flatMap(ReadFailure::causes))
                .flatMap(parts -> parts);
    }
}
