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
 * One line of the settings that says where a group of jobs belongs. All conditions that it names must hold; a
 * condition on something that is not known of the job does not.
 *
 * @param name what the trace calls it; unique
 * @param job pattern searched in the job's name
 * @param repo {@code org/repo} or {@code org}; any of them
 * @param type any of these types
 * @param cluster any of these build clusters
 * @param env for each variable a pattern searched in its value
 * @param sig short name of the SIG, or {@value #CAPTURED_SIG} for the group {@code (?P<sig>…)} of a pattern
 * @param area the area; the default one if absent
 * @param cause what a failure means without evidence; {@code test} if absent
 * @param because why the rule is right, for the person who reads the message
 */
public record RoutingRule(
        @JsonProperty(required = true) @JsonPropertyDescription("What traces and reports call the rule; unique.")
        String name,

        @JsonPropertyDescription("RE2 pattern, searched in the job's name.") @Nullable Pattern job,

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
                "Short name of the SIG; none for the CI itself, multi for several, ${sig} for what the group (?P<sig>...) of a pattern captured.")
        String sig,

        @JsonPropertyDescription("The area; that of the default if absent.") @Nullable String area,

        @JsonPropertyDescription("What a failure means as long as no evidence says otherwise; test if absent.")
        @Nullable Cause cause,

        @JsonProperty(required = true)
        @JsonPropertyDescription("Why the rule is right, for the person who reads the message.")
        String because) {

    /** Stands for the SIG whose name a pattern captured. */
    public static final String CAPTURED_SIG = "${sig}";

    private static final String GROUP = "sig";

    /** Copies the collections; absent ones become empty. */
    public RoutingRule {
        repo = repo == null ? List.of() : List.copyOf(repo);
        type = type == null ? List.of() : List.copyOf(type);
        cluster = cluster == null ? List.of() : List.copyOf(cluster);
        env = env == null ? Map.of() : Map.copyOf(env);
    }

    /** Whether this rule speaks of every job. */
    public boolean isUnconditional() {
        return job == null && repo.isEmpty() && type.isEmpty() && cluster.isEmpty() && env.isEmpty();
    }

    /** Whether a pattern of this rule captures the SIG's name. */
    public boolean capturesSig() {
        return (job != null && job.namedGroups().containsKey(GROUP))
                || env.values().stream()
                        .anyMatch(pattern -> pattern.namedGroups().containsKey(GROUP));
    }

    /** The SIG of a job, if this rule speaks of it. */
    Optional<String> sigOf(RoutingInput subject, SigNames sigs) {
        if (!allows(subject)) {
            return Optional.empty();
        }
        @Nullable String captured = null;
        if (job != null) {
            Matcher matcher = job.matcher(subject.job());
            if (!matcher.find()) {
                return Optional.empty();
            }
            captured = captured(job, matcher);
        }
        for (Map.Entry<String, Pattern> variable : env.entrySet()) {
            String value = subject.environment().get(variable.getKey());
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

    private boolean allows(RoutingInput subject) {
        return (type.isEmpty() || type.contains(subject.type()))
                && (cluster.isEmpty() || (subject.cluster() != null && cluster.contains(subject.cluster())))
                && (repo.isEmpty() || covers(subject.repository()));
    }

    private boolean covers(@Nullable Repository repository) {
        return repository != null
                && repo.stream().anyMatch(name -> name.equals(repository.fullName()) || name.equals(repository.org()));
    }

    private static @Nullable String captured(Pattern pattern, Matcher matcher) {
        return pattern.namedGroups().containsKey(GROUP) ? matcher.group(GROUP) : null;
    }
}
