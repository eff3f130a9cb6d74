// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.PatternSyntaxException;
import io.kubevirt.cinotify.prow.Job.JobTrigger;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parses the job entries of one file and applies Prow's defaults. */
final class JobReader {
    /** Prow's alias for the cluster of a job that specifies none. */
    private static final String DEFAULT_CLUSTER = "default";

    /** The agent whose jobs may have folders in their names. */
    private static final String JENKINS = "jenkins";

    private static final int DIGEST_BYTES = 8;

    private final SharedValues shared;

    JobReader(SharedValues shared) {
        this.shared = shared;
    }

    /** The job; empty, with a problem reported, if it has no valid name. */
    Optional<Job> read(JobNode node, JobType type, @Nullable Repository repository) {
        String name = node.node().path("name").asText("");
        if (!PathName.isValid(name) && !(JENKINS.equals(node.text("agent")) && PathName.isJob(name))) {
            node.reportProblem(
                    "name",
                    "the job's name, of letters, digits, \".\", \"_\" and \"-\""
                            + (name.contains("/") ? "; only jobs with agent: jenkins have \"/\"" : ""));
            return Optional.empty();
        }
        String cluster = node.text("cluster");
        String context = node.text("context");
        return Optional.of(new Job(
                name,
                type,
                type == JobType.PERIODIC ? firstExtraRef(node) : repository,
                type == JobType.PERIODIC ? Branches.ALL : branches(node),
                cluster == null || cluster.isEmpty() ? DEFAULT_CLUSTER : shared.share(cluster),
                shared.share(trigger(node, type)),
                isTrue(node.flag("optional")),
                isTrue(node.flag("skip_report")),
                isTrue(node.flag("hidden")),
                context == null || context.isEmpty() || context.equals(name) ? name : shared.share(context),
                shared.share(node.pairs("labels")),
                shared.share(node.pairs("annotations")),
                shared.share(environment(node.node())),
                slackChannel(node.node()),
                node.count("max_concurrency"),
                digest(node.node()),
                node.document().file(),
                node.line()));
    }

    /** Equal only if the entry is the same. */
    private static String digest(JsonNode entry) {
        try {
            byte[] bytes = entry.toString().getBytes(StandardCharsets.UTF_8);
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(sum, 0, DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JobTrigger trigger(JobNode node, JobType type) {
        boolean ifChanged = node.has("run_if_changed");
        boolean unlessOnlyChanged = node.has("skip_if_only_changed");
        boolean runsByDefault = type == JobType.POSTSUBMIT && !ifChanged && !unlessOnlyChanged;
        Boolean always = node.flag("always_run");
        return new JobTrigger(
                always == null ? runsByDefault : always,
                isTrue(node.flag("run_before_merge")),
                ifChanged,
                unlessOnlyChanged,
                cron(node),
                duration(node, "interval"),
                duration(node, "minimum_interval"));
    }

    private static @Nullable String cron(JobNode node) {
        String expression = node.text("cron");
        if (expression == null || expression.isEmpty()) {
            return expression;
        }
        try {
            CronSchedule.parse(expression);
            return expression;
        } catch (IllegalArgumentException e) {
            return node.reportProblem(
                    "cron", "a cron schedule such as \"30 4 * * 1\" or @daily (" + e.getMessage() + ")");
        }
    }

    private static @Nullable Duration duration(JobNode node, String key) {
        String text = node.text(key);
        if (text == null || text.isEmpty()) {
            return null;
        }
        return GoDuration.parse(text).orElseGet(() -> node.reportProblem(key, "a duration such as 24h or 1h30m"));
    }

    private Branches branches(JobNode node) {
        List<String> included = node.texts("branches");
        List<String> skipped = node.texts("skip_branches");
        try {
            return shared.branches(included, skipped);
        } catch (PatternSyntaxException e) {
            node.reportProblem(!included.isEmpty() ? "branches" : "skip_branches", "RE2 patterns: " + e.getMessage());
            return Branches.ALL;
        }
    }

    private @Nullable Repository firstExtraRef(JobNode node) {
        JsonNode first = node.node().path("extra_refs").path(0);
        return Repository.parse(
                        first.path("org").asText("") + "/" + first.path("repo").asText(""))
                .map(shared::share)
                .orElse(null);
    }

    private static Map<String, String> environment(JsonNode job) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode container : job.path("spec").path("containers")) {
            for (JsonNode variable : container.path("env")) {
                if (variable.path("name").isTextual() && variable.path("value").isValueNode()) {
                    environment.putIfAbsent(
                            variable.path("name").textValue(),
                            variable.path("value").asText(""));
                }
            }
        }
        return Map.copyOf(environment);
    }

    private static @Nullable String slackChannel(JsonNode job) {
        String channel =
                job.path("reporter_config").path("slack").path("channel").asText("");
        String name = channel.startsWith("#") ? channel.substring(1) : channel;
        return name.isEmpty() ? null : name;
    }

    private static boolean isTrue(@Nullable Boolean flag) {
        return flag != null && flag;
    }

    /**
     * The YAML mapping of one job. A value of the wrong type is reported as a problem and treated as absent. Text may
     * also be a boolean or a number, as in Prow.
     */
    record JobNode(YamlDocument document, JsonPointer at, JsonNode node, List<ConfigProblem> problems) {
        int line() {
            Integer line = document.line(at);
            return line == null ? 1 : line;
        }

        /** Whether there is a text: an empty one is as none. */
        boolean has(String key) {
            return !node.path(key).asText("").isEmpty();
        }

        @Nullable String text(String key) {
            JsonNode value = node.path(key);
            if (isAbsent(value) || value.isValueNode()) {
                return isAbsent(value) ? null : value.asText();
            }
            return reportProblem(key, "text");
        }

        @Nullable Boolean flag(String key) {
            JsonNode value = node.path(key);
            if (isAbsent(value) || value.isBoolean()) {
                return isAbsent(value) ? null : Boolean.valueOf(value.booleanValue());
            }
            return reportProblem(key, "true or false");
        }

        int count(String key) {
            JsonNode value = node.path(key);
            if (isAbsent(value) || value.canConvertToInt()) {
                return value.asInt(0);
            }
            reportProblem(key, "a number");
            return 0;
        }

        List<String> texts(String key) {
            JsonNode value = node.path(key);
            List<String> texts = new ArrayList<>();
            boolean isList = value.isArray();
            for (JsonNode item : value) {
                isList &= item.isValueNode();
                texts.add(item.asText());
            }
            if (!isAbsent(value) && !isList) {
                reportProblem(key, "a list of texts");
                return List.of();
            }
            return texts;
        }

        Map<String, String> pairs(String key) {
            Map<String, String> pairs = new LinkedHashMap<>();
            JsonNode value = node.path(key);
            if (!isAbsent(value) && !value.isObject()) {
                reportProblem(key, "a mapping of texts");
            }
            value.properties().forEach(pair -> {
                if (pair.getValue().isValueNode()) {
                    pairs.put(pair.getKey(), pair.getValue().asText(""));
                } else {
                    reportProblem(key + "/" + pair.getKey(), "text");
                }
            });
            return Map.copyOf(pairs);
        }

        /** Reports a problem with the value of a key. Returns null, so that the value counts as absent. */
        <T> @Nullable T reportProblem(String key, String expected) {
            JsonPointer pointer = at;
            for (String step : key.split("/", 2)) {
                pointer = pointer.appendProperty(step);
            }
            problems.add(document.problem(
                    pointer, "\"" + key + "\" of a job has an invalid value", "write " + expected + " there"));
            return null;
        }

        private static boolean isAbsent(JsonNode value) {
            return value.isMissingNode() || value.isNull();
        }
    }
}
