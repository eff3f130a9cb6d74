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
package io.kubevirt.cinotify.incident.timeliness;

import java.time.Instant;

/**
 * A run that has no pod yet.
 *
 * @param cluster the alias of the cluster where it is to run
 * @param job the job's name
 * @param since when Prow created it
 * @param siblings how many runs of the job have a pod: with {@code max_concurrency} it waits for them, not for the cluster
 */
public record WaitingRun(String cluster, String job, Instant since, int siblings) {}
