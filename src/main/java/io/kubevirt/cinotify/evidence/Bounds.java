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

import java.time.Duration;

/**
 * How much of a run's artifacts is read.
 *
 * @param json bytes of each small file
 * @param junit bytes of each JUnit file, unzipped; what is longer counts as far as it was read
 * @param junitFiles how many JUnit files
 * @param logHead bytes of the log's beginning
 * @param logTail bytes of its end
 * @param perFile how long an answer may take to begin, and again to end
 * @param perRun after which no further file is begun
 */
public record Bounds(
        long json, long junit, int junitFiles, int logHead, int logTail, Duration perFile, Duration perRun) {

    /** A JUnit file as large as deck shows, a log as far as people look; what is left out of it is said. */
    public static final Bounds USUAL =
            new Bounds(4L << 20, 512L << 20, 8, 256 << 10, 1280 << 10, Duration.ofSeconds(60), Duration.ofMinutes(3));

    /** The same for who stands and waits. */
    public Bounds within(Duration patience) {
        return new Bounds(json, junit, junitFiles, logHead, logTail, patience, perRun);
    }
}
