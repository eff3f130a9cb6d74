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

import java.util.List;
import java.util.stream.Collectors;

/** A document that cannot be used; carries every problem found, not only the first. */
public final class InvalidDocument extends Exception {

    private final transient List<Problem> problems;

    /** @param problems at least one */
    public InvalidDocument(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** A document with one problem. */
    public InvalidDocument(Problem problem) {
        this(List.of(problem));
    }

    /** What is wrong, in the order of the document. */
    public List<Problem> problems() {
        return problems;
    }
}
