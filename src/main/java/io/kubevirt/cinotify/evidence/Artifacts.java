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

import java.util.List;
import java.util.Optional;

/** The files of one run, wherever they lie. */
public sealed interface Artifacts permits HttpArtifacts, FolderArtifacts {

    /**
     * Opens a file, or a part of it.
     *
     * @param name relative to the run's directory
     * @param from the first byte that is wanted
     * @param most how many bytes are wanted; more make reading the content fail
     */
    Answer open(String name, long from, long most);

    /** The names that begin so, relative to the run's directory, in order; empty if the place does not list. */
    Optional<List<String>> list(String prefix);
}
