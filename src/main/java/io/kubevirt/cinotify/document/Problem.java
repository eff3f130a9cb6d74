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
package io.kubevirt.cinotify.document;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a document that a person wrote, told so that the person can mend it.
 *
 * @param file the document, as its reader knows it: a path or a ConfigMap key
 * @param line the line, counted from 1, or null where only the whole document is to blame
 * @param problem what is wrong, as a sentence without the final stop
 * @param mend what to do about it, as a sentence without the final stop
 */
public record Problem(String file, @Nullable Integer line, String problem, String mend) {

    /** By document, then line: the order in which a person works through them. */
    public static final Comparator<Problem> IN_READING_ORDER = Comparator.comparing(Problem::file)
            .thenComparing(Problem::line, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Problem::problem);

    /** A problem of the document as a whole. */
    public static Problem ofFile(String file, String problem, String mend) {
        return new Problem(file, null, problem, mend);
    }

    /** One line for a terminal or a log: {@code file:line: what is wrong; how to mend}. */
    @Override
    public String toString() {
        return (line == null ? file : file + ":" + line) + ": " + problem + "; " + mend;
    }
}
