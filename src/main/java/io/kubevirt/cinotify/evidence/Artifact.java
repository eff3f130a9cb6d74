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

/** The files that Prow itself puts into the directory of each run (prow-contract §8). */
final class Artifact {

    static final String FINISHED = "finished.json";
    static final String STARTED = "started.json";
    static final String PROW_JOB = "prowjob.json";
    static final String CLONE_RECORDS = "clone-records.json";
    static final String POD_INFO = "podinfo.json";
    static final String BUILD_LOG = "build-log.txt";

    /** Deck shows what is called so as results of tests. */
    static final String JUNIT_PREFIX = "artifacts/junit";

    static final String JUNIT_SUFFIX = ".xml";

    private Artifact() {}
}
