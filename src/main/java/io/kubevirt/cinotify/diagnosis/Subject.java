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
package io.kubevirt.cinotify.diagnosis;

import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the routing rules may look at: the run and its job's configuration, laid over each other.
 *
 * @param job the job's name as configured, without what a plugin of the cluster put before it
 * @param type presubmit, postsubmit, periodic or batch
 * @param repository the tested repository, or the one that the job checks out
 * @param cluster the alias of the build cluster
 * @param environment the variables that the configuration sets for the job's containers
 * @param annotations the job's annotations
 */
public record Subject(
        String job,
        JobType type,
        @Nullable Repository repository,
        @Nullable String cluster,
        Map<String, String> environment,
        Map<String, String> annotations) {

    /** Copies the maps. */
    public Subject {
        environment = Map.copyOf(environment);
        annotations = Map.copyOf(annotations);
    }
}
