// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.kubevirt.cinotify.prow.ContextPolicy.Need;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code tide.context_options} and {@code branch-protection}: levels from the whole Prow to a branch, of which each adds to
 * the one before.
 *
 * @param listedOrganizations those in {@code branch-protection.orgs}: Tide ignores the protection of others
 */
public record TidePolicies(
        ContextOptions options, BranchPolicy protection, Set<String> listedOrganizations, boolean protectTestedRepos) {
    private static final List<String> LEVELS = List.of("orgs", "repos", "branches");

    public static final TidePolicies NONE = new TidePolicies(
            ContextOptions.read(SettingsNode.missing(), 0),
            BranchPolicy.read(SettingsNode.missing(), 0),
            Set.of(),
            false);

    static TidePolicies read(SettingsNode root) {
        SettingsNode protection = root.child("branch-protection");
        return new TidePolicies(
                ContextOptions.read(root.child("tide").child("context_options"), 0),
                BranchPolicy.read(protection, 0),
                Set.copyOf(protection.child("orgs").entries().keySet()),
                protection.isTrue("protect-tested-repos"));
    }

    private static <T> Map<String, T> below(SettingsNode node, int level, Function<SettingsNode, T> reader) {
        Map<String, T> below = new HashMap<>();
        if (level < LEVELS.size()) {
            node.child(LEVELS.get(level)).entries().forEach((name, child) -> below.put(name, reader.apply(child)));
        }
        return below;
    }

    /** Of a level and the levels below it, by name; a switch that is not set is null. */
    record ContextOptions(
            List<List<String>> lists,
            List<Pattern> optionalPatterns,
            @Nullable Boolean skipUnknown,
            @Nullable Boolean fromBranchProtection,
            Map<String, ContextOptions> below) {
        private static final List<String> LISTS =
                List.of("required-contexts", "required-if-present-contexts", "optional-contexts");

        static ContextOptions read(SettingsNode node, int level) {
            List<Pattern> patterns = new ArrayList<>();
            for (String text : node.list("optional-regex-contexts")) {
                try {
                    patterns.add(Pattern.compile(text));
                } catch (PatternSyntaxException e) {
                    node.report("\"" + text + "\" is not a pattern", "write it in RE2", "optional-regex-contexts");
                }
            }
            return new ContextOptions(
                    LISTS.stream().map(node::list).toList(),
                    patterns,
                    node.flag("skip-unknown-contexts"),
                    node.flag("from-branch-protection"),
                    TidePolicies.below(node, level, child -> read(child, level + 1)));
        }
    }

    /** Of a level and the levels below it, by name; a switch that is not set is null. */
    record BranchPolicy(
            @Nullable Boolean protect,
            @Nullable Boolean requireManuallyTriggered,
            List<String> contexts,
            Map<String, BranchPolicy> below) {
        static BranchPolicy read(SettingsNode node, int level) {
            return new BranchPolicy(
                    node.flag("protect"),
                    node.flag("require_manually_triggered_jobs"),
                    node.child("required_status_checks").list("contexts"),
                    TidePolicies.below(node, level, child -> read(child, level + 1)));
        }
    }

    /**
     * What Tide waits for on a branch.
     *
     * @param jobs all jobs of the repository
     * @throws IllegalArgumentException if the lists contradict each other: Tide has no policy then, and merges nothing
     */
    public ContextPolicy policy(Repository repository, String branch, Collection<Job> jobs) {
        List<ContextOptions> levels = path(options, ContextOptions::below, repository, branch);
        List<Job> presubmits = jobs.stream()
                .filter(job -> job.type() == JobType.PRESUBMIT && repository.equals(job.repository()))
                .filter(job -> job.branches().shouldRun(branch))
                .toList();
        List<Set<String>> lists = List.of(new HashSet<>(), new HashSet<>(), new HashSet<>());
        List<Pattern> patterns = new ArrayList<>();
        for (ContextOptions level : levels) {
            for (int list = 0; list < lists.size(); list++) {
                lists.get(list).addAll(level.lists().get(list));
            }
            patterns.addAll(level.optionalPatterns());
        }
        List<BranchPolicy> protections =
                isSet(levels, ContextOptions::fromBranchProtection) && listedOrganizations.contains(repository.org())
                        ? path(protection, BranchPolicy::below, repository, branch)
                        : List.of();
        boolean tested = presubmits.stream().anyMatch(job -> Need.of(job, false) == Need.REQUIRED);
        boolean isProtected = isSet(protections, BranchPolicy::protect) || protectTestedRepos && tested;
        boolean manual = isProtected && isSet(protections, BranchPolicy::requireManuallyTriggered);
        presubmits.forEach(job -> lists.get(Need.of(job, manual).ordinal()).add(job.context()));
        if (isProtected) {
            protections.forEach(level -> lists.getFirst().addAll(level.contexts()));
        }
        return new ContextPolicy(
                lists.getFirst(), lists.get(1), lists.get(2), patterns, isSet(levels, ContextOptions::skipUnknown));
    }

    /** The levels that apply to a branch, from the whole Prow down. */
    private static <T> List<T> path(T root, Function<T, Map<String, T>> below, Repository repository, String branch) {
        List<T> path = new ArrayList<>(List.of(root));
        for (String name : List.of(repository.org(), repository.name(), branch)) {
            T next = below.apply(path.getLast()).get(name);
            if (next == null) {
                return path;
            }
            path.add(next);
        }
        return path;
    }

    /** The value of a switch on the narrowest level that sets it. */
    private static <T> boolean isSet(List<T> levels, Function<T, @Nullable Boolean> flag) {
        return levels.reversed().stream()
                .map(flag)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(false);
    }
}
