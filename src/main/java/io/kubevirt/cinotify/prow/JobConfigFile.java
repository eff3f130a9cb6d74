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

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.document.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one file of Prow's job configuration says.
 *
 * @param file how it is named in problems
 * @param jobs every job that could be read, in the order of the file
 * @param problems what could not; a job without a usable name is left out, any other slip counts as the key's absence
 */
public record JobConfigFile(String file, List<Job> jobs, List<Problem> problems) {

    /** Copies the lists. */
    public JobConfigFile {
        jobs = List.copyOf(jobs);
        problems = List.copyOf(problems);
    }

    /** Reads a file. Keys that ci-notify does not use are passed over: Prow owns them. Never throws; shares no state. */
    public static JobConfigFile parse(String file, String text) {
        try {
            return new Reading(YamlDocument.parse(file, text)).result();
        } catch (InvalidDocument e) {
            return new JobConfigFile(file, List.of(), e.problems());
        }
    }

    /** Reads a file as it lies on disk or in a ConfigMap: perhaps compressed. */
    public static JobConfigFile parse(String file, byte[] content) {
        try {
            return parse(file, JobConfigText.decode(file, content));
        } catch (InvalidDocument e) {
            return new JobConfigFile(file, List.of(), e.problems());
        }
    }

    private static final class Reading {

        private final YamlDocument document;
        private final JobReader reader = new JobReader();
        private final List<Job> jobs = new ArrayList<>();
        private final List<Problem> problems = new ArrayList<>();

        Reading(YamlDocument document) {
            this.document = document;
        }

        JobConfigFile result() {
            JsonPointer root = JsonPointer.empty();
            JsonNode content = document.root();
            if (!content.isObject() && !content.isMissingNode()) {
                wrong(root, "the file is not a mapping", "begin it with presubmits:, postsubmits: or periodics:");
            }
            byRepository(content.path("presubmits"), root.appendProperty("presubmits"), JobType.PRESUBMIT);
            byRepository(content.path("postsubmits"), root.appendProperty("postsubmits"), JobType.POSTSUBMIT);
            list(content.path("periodics"), root.appendProperty("periodics"), JobType.PERIODIC, null);
            return new JobConfigFile(document.file(), jobs, problems);
        }

        private void byRepository(JsonNode map, JsonPointer at, JobType type) {
            if (!map.isObject()) {
                absentOr(map, at, "a mapping from org/repo to a list of jobs");
            }
            for (Map.Entry<String, JsonNode> entry : map.properties()) {
                JsonPointer here = at.appendProperty(entry.getKey());
                Repository.parse(entry.getKey())
                        .ifPresentOrElse(
                                repository -> list(entry.getValue(), here, type, repository),
                                () -> wrong(
                                        here,
                                        "\"" + entry.getKey() + "\" is not of the form org/repo",
                                        "name the repository of the jobs below it"));
            }
        }

        private void list(JsonNode list, JsonPointer at, JobType type, @Nullable Repository repository) {
            if (!list.isArray()) {
                absentOr(list, at, "a list of jobs");
                return;
            }
            for (int index = 0; index < list.size(); index++) {
                JsonPointer here = at.appendIndex(index);
                if (list.get(index).isObject()) {
                    reader.read(new JobNode(document, here, list.get(index), problems), type, repository)
                            .ifPresent(jobs::add);
                } else {
                    wrong(here, "a job is not a mapping", "give it at least a name");
                }
            }
        }

        private void absentOr(JsonNode node, JsonPointer at, String expected) {
            if (!node.isMissingNode() && !node.isNull()) {
                wrong(at, "it cannot be read", "write " + expected + " there");
            }
        }

        private void wrong(JsonPointer at, String problem, String mend) {
            problems.add(document.problem(at, problem, mend));
        }
    }
}
