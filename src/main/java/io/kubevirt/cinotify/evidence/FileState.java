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

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What became of the attempt to read a file of a run. A missing file is knowledge, an unreachable store is not. */
public enum FileState {
    /** It was read to its end. */
    READ,
    /** Its beginning was read; then it broke off, or was longer than is read. */
    CUT,
    /** The store says that it is not there. */
    MISSING,
    /** It is there, but is not what it should be, or leads elsewhere. Another attempt finds the same. */
    UNREADABLE,
    /** Nobody knows whether it is there: the store answers, and lets nobody look. It may say so of what is missing. */
    DENIED,
    /** Nobody knows whether it is there: the store did not answer, or not with an answer. */
    UNREACHABLE;

    /** In lower case, as in traces. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
