// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A rule of {@code routing.rules}. All conditions must match; one on an unknown property does not match. */
public record RoutingRule(
        @JsonProperty(required = true) @JsonPropertyDescription("Name of the rule in traces and reports; unique.")
        String name,

        @JsonPropertyDescription("RE2 pattern, searched in the job name.") @Nullable Pattern job,

        @JsonPropertyDescription("The tested repository is one of these: org/repo, or org for all its repositories.")
        List<String> repo,

        @JsonPropertyDescription("The job is of one of these types.")
        List<JobType> type,

        @JsonPropertyDescription("The job runs on one of these build clusters.")
        List<String> cluster,

        @JsonPropertyDescription("RE2 patterns, each searched in the value of an environment variable of the job.")
        Map<String, Pattern> env,

        @JsonPropertyDescription("RE2 patterns, each searched in the value of a label of the job.")
        Map<String, Pattern> label,

        @JsonPropertyDescription("RE2 patterns, each searched in the value of an annotation of the job.")
        Map<String, Pattern> annotation,

        @JsonPropertyDescription(
                "RE2 pattern, searched in the path of the job file, relative to the folder of the job configuration.")
        @Nullable Pattern file,

        @JsonPropertyDescription("RE2 pattern, searched in the base branch of the run.") @Nullable Pattern branch,

        @JsonPropertyDescription("RE2 pattern, searched in the context of the job's status.") @Nullable Pattern context,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "Short name of the SIG; none for the CI itself, multi for several, ${sig} for the text that the group"
                        + " (?P<sig>...) of a pattern captures.")
        String sig,

        @JsonPropertyDescription("The area; that of routing.default if absent.") @Nullable String area,

        @JsonPropertyDescription("The cause of a failure without evidence; test if absent.") @Nullable Cause cause,

        @JsonProperty(required = true) @JsonPropertyDescription("Why the rule is right, for readers of notifications.")
        String because) {
    public static final String CAPTURED_SIG = "${sig}";

    private static final String GROUP = "sig";

    public RoutingRule {
        repo = ConfigCollections.orEmpty(repo);
        type = ConfigCollections.orEmpty(type);
        cluster = ConfigCollections.orEmpty(cluster);
        env = ConfigCollections.orEmpty(env);
        label = ConfigCollections.orEmpty(label);
        annotation = ConfigCollections.orEmpty(annotation);
    }

    public boolean isUnconditional() {
        return repo.isEmpty()
                && type.isEmpty()
                && cluster.isEmpty()
                && patterns().findAny().isEmpty();
    }

    void check(ConfigValidator check) {
        if (name.isBlank()) {
            check.report("is empty, so no trace could name the rule", "give the rule a name", "name");
        }
        if (isUnconditional()) {
            check.report(
                    "rule \"" + name + "\" has no condition, so no rule after it is ever used",
                    "add job, repo, type, cluster or env, or use routing.default");
        }
        if (!sig.equals(CAPTURED_SIG)) {
            check.sig(sig, "sig");
        } else if (!capturesSig()) {
            check.report(
                    "rule \"" + name + "\" uses ${sig}, but no pattern has a group (?P<sig>…)",
                    "add the group to the job pattern or to a pattern of env",
                    "sig");
        }
        check.area(area, "area");
    }

    public boolean capturesSig() {
        return patterns().anyMatch(pattern -> pattern.namedGroups().containsKey(GROUP));
    }

    private Stream<Pattern> patterns() {
        return Stream.of(
                        Stream.of(job, file, branch, context).filter(Objects::nonNull),
                        env.values().stream(),
                        label.values().stream(),
                        annotation.values().stream())
                .flatMap(patterns -> patterns);
    }

    /** The SIG of a job; empty if the rule does not match. */
    Optional<String> sigOf(RoutingInput input, SigNames sigs) {
        if (!allows(input)) {
            return Optional.empty();
        }
        Captures captures = new Captures();
        boolean matches = captures.matches(job, input.job())
                && captures.match(env, input.environment())
                && captures.match(label, input.labels())
                && captures.match(annotation, input.annotations())
                && captures.matches(file, input.file())
                && captures.matches(branch, input.branch())
                && captures.matches(context, input.context());
        if (!matches) {
            return Optional.empty();
        }
        if (!sig.equals(CAPTURED_SIG)) {
            return Optional.of(sig);
        }
        return captures.sig == null ? Optional.empty() : sigs.resolve(captures.sig);
    }

    /** Searches patterns, and keeps what the group of the first one captures. */
    private static final class Captures {
        private @Nullable String sig;

        boolean match(Map<String, Pattern> patterns, Map<String, String> values) {
            return patterns.entrySet().stream()
                    .allMatch(entry -> matches(entry.getValue(), values.get(entry.getKey())));
        }

        boolean matches(@Nullable Pattern pattern, @Nullable String value) {
            if (pattern == null) {
                return true;
            }
            Matcher matcher = value == null ? null : pattern.matcher(value);
            if (matcher == null || !matcher.find()) {
                return false;
            }
            if (sig == null && pattern.namedGroups().containsKey(GROUP)) {
                sig = matcher.group(GROUP);
            }
            return true;
        }
    }

    private boolean allows(RoutingInput input) {
        return (type.isEmpty() || type.contains(input.type()))
                && (cluster.isEmpty() || (input.cluster() != null && cluster.contains(input.cluster())))
                && (repo.isEmpty() || covers(input.repository()));
    }

    private boolean covers(@Nullable Repository repository) {
        return repository != null
                && repo.stream().anyMatch(name -> name.equals(repository.fullName()) || name.equals(repository.org()));
    }
}
