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
 * The name of a job, read with {@link RuntimeNames}.
 *
 * @param full the name that the run has
 * @param configured the name to look up in the job configuration
 * @param plugin the plugin that made the run, or null if the name is an ordinary one
 */
public record JobName(
        String full, String configured, @Nullable String plugin) {

    /** Whether a plugin made the run: it says nothing about the configured job, and is nobody's failure. */
    public boolean isMadeByPlugin() {
        return plugin != null;
    }
}
