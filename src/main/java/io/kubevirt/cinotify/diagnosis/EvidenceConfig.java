// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.ObjectStoreEndpoint;
import io.kubevirt.cinotify.artifacts.ObjectStores;
import io.kubevirt.cinotify.artifacts.StoreConfig;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The block {@code evidence}: where the artifacts of runs are stored, and what they mean. */
public record EvidenceConfig(
        @JsonPropertyDescription(
                "URL of the object store: Google Cloud Storage, or an S3-compatible store with the bucket in the path."
                        + " The buckets are those of prow.buckets.")
        String endpoint,

        @JsonPropertyDescription("Buckets that need credentials, or are in another store.")
        List<StoreConfig> stores,

        @JsonPropertyDescription(
                "RE2 pattern, searched in the job name. Runs of these jobs write JUnit files; a run without them"
                        + " failed before its tests started.")
        @Nullable Pattern testLanes,

        @JsonPropertyDescription(
                "JUnit files to fetch from a store that does not list objects, relative to the directory of the run."
                        + " Where the store lists, artifacts/junit*.xml is read.")
        List<String> junitFiles,

        @JsonPropertyDescription(
                "The area of failures caused by a node; the area of the cause infrastructure if absent.")
        @Nullable String nodeArea,

        @JsonPropertyDescription(
                "The area of runs that failed before their tests for an unknown reason; the area of the lane if"
                        + " absent.")
        @Nullable String setupArea,

        @JsonPropertyDescription("How concurrent failures decide the cause of a failure that does not show it itself.")
        BreadthConfig breadth,

        @JsonPropertyDescription("What the lines of build logs mean.") @Nullable Log log) {
    public EvidenceConfig {
        endpoint = endpoint == null ? ObjectStores.GOOGLE : endpoint;
        stores = ConfigCollections.orEmpty(stores);
        junitFiles = ConfigCollections.orEmpty(junitFiles);
        breadth = breadth == null ? BreadthConfig.DEFAULTS : breadth;
    }

    public record Log(
            @JsonPropertyDescription(
                    "RE2 patterns of lines that start a phase of the run; the phase before it succeeded.")
            List<Pattern> begins,

            @JsonPropertyDescription(
                    "RE2 patterns of lines that report the failure of a phase; its first line with a cause counts.")
            List<Pattern> ends,

            @JsonPropertyDescription(
                    "Rules for lines; the first match wins. Put rules for teardown and noise before those for causes. The"
                            + " built-in rules follow, and then the hints of this list; a rule replaces the built-in one"
                            + " of its name.")
            List<LineRule> rules,

            @JsonPropertyDescription(
                    "Whether the built-in rules apply: registries, downloads, quotas, missing secrets, hardware, tests and"
                            + " builds. If absent, they do.")
            @Nullable Boolean builtIn) {
        static final Log DEFAULTS = new Log(List.of(), List.of(), List.of(), null);

        public Log {
            begins = ConfigCollections.orEmpty(begins);
            ends = ConfigCollections.orEmpty(ends);
            rules = ConfigCollections.orEmpty(rules);
        }

        boolean hasBuiltIn() {
            return !Boolean.FALSE.equals(builtIn);
        }
    }

    /** @throws IllegalArgumentException if the endpoint is not a URL; the message is fit for a person */
    public ObjectStoreEndpoint address() {
        return new ObjectStoreEndpoint(endpoint);
    }

    /** Compiles the rules for log lines; expensive, so once per load. */
    public EvidenceRules rules() {
        return new EvidenceRules(lines(), testLanes, nodeArea, setupArea);
    }

    private LineRules lines() {
        return BuiltInLogRules.with(log == null ? Log.DEFAULTS : log, nodeArea, setupArea);
    }

    public void check(ConfigValidator check) {
        try {
            address();
        } catch (IllegalArgumentException e) {
            check.report(String.valueOf(e.getMessage()), "use a URL such as " + ObjectStores.GOOGLE, "endpoint");
        }
        check.uniqueBy("bucket", stores, StoreConfig::bucket, "store", "stores");
        for (int index = 0; index < stores.size(); index++) {
            stores.get(index).check(check.at("stores", index));
        }
        check.area(nodeArea, "nodeArea");
        check.area(setupArea, "setupArea");
        breadth.check(check.at("breadth"));
        if (log != null) {
            ConfigValidator block = check.at("log");
            block.unique(log.rules(), LineRule::name, "rule", "rules");
            LineRules lines = lines();
            for (int index = 0; index < log.rules().size(); index++) {
                log.rules().get(index).check(block.at("rules", index));
                examples(block.at("rules", index), log.rules().get(index), lines);
            }
        }
    }

    private static void examples(ConfigValidator check, LineRule rule, LineRules lines) {
        for (int index = 0; index < rule.matches().size(); index++) {
            String line = rule.matches().get(index);
            Optional<LineRule> found =
                    rule.kind() == LineRule.LineKind.ENVIRONMENT ? lines.environmentIn(line) : lines.ruleFor(line);
            if (!found.equals(Optional.of(rule))) {
                check.report(
                        "this line is matched by "
                                + found.map(other -> "rule \"" + other.name() + "\"")
                                        .orElse("no rule")
                                + " instead of rule \"" + rule.name() + "\"",
                        "fix the patterns, their order, or the example",
                        "matches",
                        index);
            }
        }
        for (int index = 0; index < rule.nonMatches().size(); index++) {
            if (lines.ruleFor(rule.nonMatches().get(index)).equals(Optional.of(rule))) {
                check.report(
                        "rule \"" + rule.name() + "\" matches this line, but must not",
                        "make its patterns stricter",
                        "nonMatches",
                        index);
            }
        }
    }

    /** A run of {@code testLanes} without JUnit files failed before its tests; if null, that is unknown. */
    public record EvidenceRules(
            LineRules lines,
            @Nullable Pattern testLanes,
            @Nullable String nodeArea,
            @Nullable String setupArea) {
        public static final EvidenceRules NONE = new EvidenceRules(LineRules.NONE, null, null, null);

        boolean expectTestsOf(String job) {
            return testLanes != null && testLanes.matcher(job).find();
        }
    }
}
