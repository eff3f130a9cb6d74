/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.evidence;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.kubevirt.cinotify.intake.BoundedStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.ZipException;
import javax.xml.stream.XMLStreamException;

/** Tells a file that is broken, and stays so, from a store that broke off. */
final class Unread {

    private Unread() {}

    static FileState of(Throwable failure) {
        return brokenOff(failure) ? FileState.UNREACHABLE : FileState.UNREADABLE;
    }

    /** A parser says that a stream failed by an exception around the stream's; what a zipped file is like, itself. */
    private static boolean brokenOff(Throwable failure) {
        return parts(failure).anyMatch(part -> part instanceof IOException)
                && parts(failure).noneMatch(Unread::blamesTheFile);
    }

    private static boolean blamesTheFile(Throwable part) {
        return part instanceof BoundedStream.TooLong
                || part instanceof EOFException
                || part instanceof ZipException
                || part instanceof JsonProcessingException
                || part instanceof XMLStreamException && part.getCause() == null;
    }

    private static Stream<Throwable> parts(Throwable failure) {
        return Stream.of(
                        Stream.of(failure),
                        Stream.ofNullable(failure.getCause()).flatMap(Unread::parts),
                        Arrays.stream(failure.getSuppressed()).flatMap(Unread::parts))
                .flatMap(parts -> parts);
    }
}
