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

/**
 * A file of a run, and what became of reading it.
 *
 * @param name relative to the run's directory
 * @param state how far it was read
 * @param remark why it is not read in whole; empty if it is, or if there is no more to say
 */
public record ArtifactFile(String name, FileState state, String remark) {

    @Override
    public String toString() {
        return name + " " + state.word() + (remark.isEmpty() ? "" : " (" + remark + ")");
    }
}
