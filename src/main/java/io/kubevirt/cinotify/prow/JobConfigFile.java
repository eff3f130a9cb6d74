// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.kubevirt.cinotify.prow.JobReader.JobNode;
import io.kubevirt.cinotify.prow.ProwSettings.Preset;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One file. A job without a valid name is dropped, any other invalid value counts as absent. A job that is not valid YAML
 * is dropped as well, and the rest of the file is read.
 */
public record JobConfigFile(String file, List<Job> jobs, List<Preset> presets, List<ConfigProblem> problems) {
    public JobConfigFile {
        jobs = List.copyOf(jobs);
        presets = List.copyOf(presets);
        problems = List.copyOf(problems);
    }

    public static JobConfigFile unreadable(String file, List<ConfigProblem> problems) {
        return new JobConfigFile(file, List.of(), List.of(), problems);
    }

    /** Parses a file. Keys that ci-notify does not use are ignored. Never throws; shares no state. */
    public static JobConfigFile parse(String file, String text) {
        return parse(file, text, new SharedValues());
    }

    /** Parses a file as stored on disk or in a ConfigMap, where it may be compressed. */
    public static JobConfigFile parse(String file, byte[] content) {
        return parse(file, content, new SharedValues());
    }

    /** The same, of a configuration whose other files may have equal values. */
    public static JobConfigFile parse(String file, byte[] content, SharedValues shared) {
        try {
            return parse(file, JobConfigDecoder.decode(file, content), shared);
        } catch (InvalidConfigException e) {
            return unreadable(file, e.problems());
        }
    }

    private static JobConfigFile parse(String file, String text, SharedValues shared) {
        try {
            return new Parser(document(file, text), shared, List.of()).result();
        } catch (InvalidConfigException e) {
            JobFileRecovery recovery = new JobFileRecovery(file, text);
            YamlDocument rest = recovery.document();
            return rest == null
                    ? unreadable(file, e.problems())
                    : new Parser(rest, shared, recovery.problems()).result();
        }
    }

    private static YamlDocument document(String file, String text) throws InvalidConfigException {
        String used = PodSpecs.blankUnused(text);
        try {
            return YamlDocument.parseAsProw(file, used);
        } catch (InvalidConfigException e) {
            // The blanks may be the problem.
            return YamlDocument.parseAsProw(file, text);
        }
    }

    private static final class Parser {
        private final YamlDocument document;
        private final SharedValues shared;
        private final JobReader reader;
        private final List<Job> jobs = new ArrayList<>();
        private final List<ConfigProblem> problems;

        Parser(YamlDocument document, SharedValues shared, List<ConfigProblem> found) {
            this.document = document;
            this.shared = shared;
            this.reader = new JobReader(shared);
            this.problems = new ArrayList<>(found);
        }

        JobConfigFile result() {
            JsonPointer root = JsonPointer.empty();
            JsonNode content = document.root();
            if (!content.isObject() && !content.isMissingNode()) {
                addProblem(root, "the file is not a mapping", "start it with presubmits:, postsubmits: or periodics:");
            }
            byRepository(content.path("presubmits"), root.appendProperty("presubmits"), JobType.PRESUBMIT);
            byRepository(content.path("postsubmits"), root.appendProperty("postsubmits"), JobType.POSTSUBMIT);
            list(content.path("periodics"), root.appendProperty("periodics"), JobType.PERIODIC, null);
            return new JobConfigFile(document.file(), jobs, presets(content), problems);
        }

        private void byRepository(JsonNode map, JsonPointer at, JobType type) {
            if (!map.isObject()) {
                requireAbsent(map, at, "a mapping from org/repo to a list of jobs");
            }
            for (Map.Entry<String, JsonNode> entry : map.properties()) {
                JsonPointer here = at.appendProperty(entry.getKey());
                Repository repository =
                        Repository.ofJobs(entry.getKey()).map(shared::share).orElse(null);
                if (repository != null) {
                    list(entry.getValue(), here, type, repository);
                } else if (!entry.getValue().isEmpty()) {
                    addProblem(
                            here,
                            "\"" + entry.getKey() + "\" is not of the form org/repo",
                            "name the repository of the jobs below it");
                }
            }
        }

        private List<Preset> presets(JsonNode content) {
            return content.path("presets").isEmpty()
                    ? List.of()
                    : SettingsNode.root(document, problems).elements("presets").stream()
                            .map(ProwSettingsReader::preset)
                            .toList();
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
                addProblem(at, "invalid value", "write " + expected + " there");
            }
        }

        private void addProblem(JsonPointer at, String problem, String hint) {
            problems.add(document.problem(at, problem, hint));
        }
    }

    /** Decodes a job configuration file, which Prow's config-updater may have compressed in its ConfigMap. */
    public static final class JobConfigDecoder {
        /** Thirty times the ConfigMap limit: more than real configuration decompresses to. */
        private static final int MAX_BYTES = 32 * 1024 * 1024;

        private JobConfigDecoder() {}

        /** Decompresses by the gzip magic number; larger than 32 MiB, damaged or not UTF-8 is an error. */
        public static String decode(String file, byte[] content) throws InvalidConfigException {
            byte[] plain = isCompressed(content) ? decompress(file, content) : content;
            if (plain.length > MAX_BYTES) {
                throw invalid(file, "the file is larger than " + MAX_BYTES + " bytes", "split it");
            }
            try {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(plain))
                        .toString();
            } catch (CharacterCodingException e) {
                throw invalid(file, "the file is not UTF-8 text", "save it as UTF-8");
            }
        }

        private static boolean isCompressed(byte[] content) {
            return content.length > 1 && content[0] == 0x1f && content[1] == (byte) 0x8b;
        }

        private static byte[] decompress(String file, byte[] content) throws InvalidConfigException {
            try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(content))) {
                return stream.readNBytes(MAX_BYTES + 1);
            } catch (IOException e) {
                throw invalid(file, "the gzip content is damaged: " + e.getMessage(), "write the file again");
            }
        }

        private static InvalidConfigException invalid(String file, String problem, String hint) {
            return new InvalidConfigException(ConfigProblem.ofFile(file, problem, hint));
        }
    }
}
