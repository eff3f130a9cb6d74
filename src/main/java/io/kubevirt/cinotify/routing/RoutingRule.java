// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.JobType;
import io.kubevirt.cinotify.prow.Repository;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configured rule that routes a group of jobs. All of its conditions must hold; a condition on an unknown fact does
 * not hold.
 *
 * @param name the name in traces; unique
 * @param job pattern searched in the job's name
 * @param repo {@code org/repo} or {@code org}; any of them
 * @param type any of these types
 * @param cluster any of these build clusters
 * @param env for each variable a pattern searched in its value
 * @param sig short name of the SIG, or {@value #CAPTURED_SIG} for the group {@code (?P<sig>…)} of a pattern
 * @param area the area; the default area if absent
 * @param cause the cause assumed without evidence; {@code test} if absent
 * @param because the reason, shown in messages
 */
public record RoutingRule(
        @JsonProperty(required = true) @JsonPropertyDescription("Name of the rule in traces and reports; unique.")
        String name,

        @JsonPropertyDescription("RE2 pattern, searched in the job's name.") @Nullable
        Pattern job,

        @JsonPropertyDescription("The tested repository is one of these, each as org/repo, or as org for all of it.")
        List<String> repo,

        @JsonPropertyDescription("The job is of one of these types.")
        List<JobType> type,

        @JsonPropertyDescription("The job runs on one of these build clusters.")
        List<String> cluster,

        @JsonPropertyDescription("RE2 patterns, each searched in the value of an environment variable of the job.")
        Map<String, Pattern> env,

        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "Short name of the SIG; none for the CI itself, multi for several, ${sig} for what the group"
                        + " (?P<sig>...) of a pattern captured.")
        String sig,

        @JsonPropertyDescription("The area; the default area if absent.") @Nullable
        String area,

        @JsonPropertyDescription("The cause that is assumed without evidence; test if absent.") @Nullable
        Cause cause,

        @JsonProperty(required = true) @JsonPropertyDescription("The reason for the rule, shown in messages.")
        String because) {

    /** Placeholder for the SIG captured by a pattern. */
    public static final String CAPTURED_SIG = "${sig}";

    private static final String GROUP = "sig";

    /** Copies the collections; absent ones become empty. */
    public RoutingRule {
        repo = repo == null ? List.of() : List.copyOf(repo);
        type = type == null ? List.of() : List.copyOf(type);
        cluster = cluster == null ? List.of() : List.copyOf(cluster);
        env = env == null ? Map.of() : Map.copyOf(env);
    }

    /** Whether this rule matches every job. */
    public boolean isUnconditional() {
        return job == null && repo.isEmpty() && type.isEmpty() && cluster.isEmpty() && env.isEmpty();
    }

    /** Whether a pattern of this rule captures the SIG's name. */
    public boolean capturesSig() {
        return (job != null && job.namedGroups().containsKey(GROUP))
                || env.values().stream()
                        .anyMatch(pattern -> pattern.namedGroups().containsKey(GROUP));
    }

    /** The SIG of a job, if this rule matches it. */
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
