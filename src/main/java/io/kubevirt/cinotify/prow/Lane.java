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
package io.kubevirt.cinotify.prow;

import org.jspecify.annotations.Nullable;

/**
 * What goes red and green: a job of a repository (design.md section 4).
 *
 * @param repository null for a periodic job whose configuration names no repository
 * @param job the job's name
 */
public record Lane(@Nullable Repository repository, String job) {

    /** A stable text for it, as stored and shown: {@code org/repo job}, or the job alone. */
    @Override
    public String toString() {
        return repository == null ? job : repository + " " + job;
    }
}
