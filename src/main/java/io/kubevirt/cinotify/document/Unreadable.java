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

/** Ends the reading of a document from deep within it; never leaves this package. */
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final String problem;
    private final String mend;

    Unreadable(int line, String problem, String mend) {
        super(problem, null, false, false);
        this.line = line;
        this.problem = problem;
        this.mend = mend;
    }

    Problem in(String file) {
        return new Problem(file, line, problem, mend);
    }
}
