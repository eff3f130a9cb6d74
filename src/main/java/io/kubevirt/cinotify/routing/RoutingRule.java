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
import java.util.Optional;
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
    }

    public boolean isUnconditional() {
        return job == null && repo.isEmpty() && type.isEmpty() && cluster.isEmpty() && env.isEmpty();
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
        return (job != null && job.namedGroups().containsKey(GROUP))
                || env.values().stream()
                        .anyMatch(pattern -> pattern.namedGroups().containsKey(GROUP));
    }

    /** The SIG of a job; empty if the rule does not match. */
    Optional<String> sigOf(RoutingInput input, SigNames sigs) {
        if (!allows(input)) {
            return Optional.empty();
        }
        @Nullable String captured = null;
        if (job != null) {
            Matcher matcher = job.matcher(input.job());
            if (!matcher.find()) {
                return Optional.empty();
            }
            captured = captured(job, matcher);
        }
        for (Map.Entry<String, Pattern> variable : env.entrySet()) {
            String value = input.environment().get(variable.getKey());
            Matcher matcher = value == null ? null : variable.getValue().matcher(value);
            if (matcher == null || !matcher.find()) {
                return Optional.empty();
            }
            captured = captured == null ? captured(variable.getValue(), matcher) : captured;
        }
        if (!sig.equals(CAPTURED_SIG)) {
            return Optional.of(sig);
        }
        return captured == null ? Optional.empty() : sigs.resolve(captured);
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

    private static @Nullable String captured(Pattern pattern, Matcher matcher) {
        return pattern.namedGroups().containsKey(GROUP) ? matcher.group(GROUP) : null;
    }
}
