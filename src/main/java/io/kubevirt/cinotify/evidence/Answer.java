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

import java.io.InputStream;
import java.time.Duration;

/** What a store answers to whoever wants a file. */
public sealed interface Answer {

    /**
     * The file, or the part that was asked for.
     *
     * @param from where in the file the content begins
     * @param total how long the file is; negative if the store does not say
     */
    record Body(InputStream content, long from, long total) implements Answer {}

    /** It is not there. */
    record Missing() implements Answer {}

    /** The store answers, but does not say whether it is there: some say so of whatever is missing. */
    record Denied(String why) implements Answer {}

    /** It cannot be had from there, however often one asks. */
    record Refused(String why) implements Answer {}

    /**
     * Nobody knows.
     *
     * @param pause how long the store wants to be left alone; zero if it does not say
     */
    record Unreachable(String why, Duration pause) implements Answer {}
}
