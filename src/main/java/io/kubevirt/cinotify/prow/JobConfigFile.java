// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
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
public record JobConfigFile(String file, List<Job> jobs, List<ConfigProblem> problems) {

    /** Copies the lists. */
    public JobConfigFile {
        jobs = List.copyOf(jobs);
        problems = List.copyOf(problems);
    }

    /** Reads a file. Keys that ci-notify does not use are passed over: Prow owns them. Never throws; shares no state. */
    public static JobConfigFile parse(String file, String text) {
        try {
            return new Parser(YamlDocument.parse(file, text)).result();
        } catch (InvalidConfigException e) {
            return new JobConfigFile(file, List.of(), e.problems());
        }
    }

    /** Reads a file as it lies on disk or in a ConfigMap: perhaps compressed. */
    public static JobConfigFile parse(String file, byte[] content) {
        try {
            return parse(file, JobConfigDecoder.decode(file, content));
        } catch (InvalidConfigException e) {
            return new JobConfigFile(file, List.of(), e.problems());
        }
    }

    private static final class Parser {

        private final YamlDocument document;
        private final JobReader reader = new JobReader();
        private final List<Job> jobs = new ArrayList<>();
        private final List<ConfigProblem> problems = new ArrayList<>();

        Parser(YamlDocument document) {
            this.document = document;
        }

        JobConfigFile result() {
            JsonPointer root = JsonPointer.empty();
            JsonNode content = document.root();
            if (!content.isObject() && !content.isMissingNode()) {
                addProblem(root, "the file is not a mapping", "begin it with presubmits:, postsubmits: or periodics:");
            }
            byRepository(content.path("presubmits"), root.appendProperty("presubmits"), JobType.PRESUBMIT);
            byRepository(content.path("postsubmits"), root.appendProperty("postsubmits"), JobType.POSTSUBMIT);
            list(content.path("periodics"), root.appendProperty("periodics"), JobType.PERIODIC, null);
            return new JobConfigFile(document.file(), jobs, problems);
        }

        private void byRepository(JsonNode map, JsonPointer at, JobType type) {
            if (!map.isObject()) {
                requireAbsent(map, at, "a mapping from org/repo to a list of jobs");
            }
            for (Map.Entry<String, JsonNode> entry : map.properties()) {
                JsonPointer here = at.appendProperty(entry.getKey());
                Repository.parse(entry.getKey())
                        .ifPresentOrElse(
                                repository -> list(entry.getValue(), here, type, repository),
                                () -> addProblem(
                                        here,
                                        "\"" + entry.getKey() + "\" is not of the form org/repo",
                                        "name the repository of the jobs below it"));
            }
        }

        private void list(JsonNode list, JsonPointer at, JobType type, @Nullable Repository repository) {
            if (!list.isArray()) {
                requireAbsent(list, at, "a list of jobs");
                return;
            }
            for (int index = 0; index < list.size(); index++) {
                JsonPointer here = at.appendIndex(index);
                if (list.get(index).isObject()) {
                    reader.read(new JobNode(document, here, list.get(index), problems), type, repository)
                            .ifPresent(jobs::add);
                } else {
                    addProblem(here, "a job is not a mapping", "give it at least a name");
                }
            }
        }

        private void requireAbsent(JsonNode node, JsonPointer at, String expected) {
            if (!node.isMissingNode() && !node.isNull()) {
                addProblem(at, "it cannot be read", "write " + expected + " there");
            }
        }

        private void addProblem(JsonPointer at, String problem, String mend) {
            problems.add(document.problem(at, problem, mend));
        }
    }
}
