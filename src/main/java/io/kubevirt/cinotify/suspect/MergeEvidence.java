// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.suspect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.routing.Cause;
import io.kubevirt.cinotify.suspect.SuspectConfig.Factor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what speaks for and against a merge. */
final class MergeEvidence {
    /** A file in the trace of a stack, a compiler error or a log, with or without folders. */
    private static final Pattern FILE = Pattern.compile(
            "[A-Za-z0-9_][A-Za-z0-9_./-]*\\.(go|py|sh|c|h|cpp|js|ts|java|rs|bzl|bazel|yaml|yml|toml|mod|in)\\b");

    private static final Pattern OUT_OF_QUARANTINE =
            Pattern.compile("(?i)\\b(un-?quarantine|de-?quarantine|(out of|from|remove[a-z]*|drop) (the )?quarantine)");

    private static final Pattern DOCUMENT = Pattern.compile("(^|/)(docs?/.*|OWNERS(_ALIASES)?|[^/]*\\.(md|txt|adoc))$");
    private static final int MANY_PATHS = 60;

    private final SuspectConfig config;
    private final LaneHistory history;
    private final LaneBreakage breakage;
    private final Set<String> named = new HashSet<>();
    private final String sigFolder;

    MergeEvidence(SuspectConfig config, LaneHistory history) {
        this.config = config;
        this.history = history;
        this.breakage = history.breakage();
        String sig = breakage.sig().startsWith("sig-") ? breakage.sig().substring(4) : breakage.sig();
        this.sigFolder = "/" + sig.toLowerCase(Locale.ROOT) + "/";
        for (String line : breakage.text()) {
            Matcher matcher = FILE.matcher(line);
            while (matcher.find()) {
                if (!matcher.group().contains("vendor/") && !matcher.group().contains("/go/src/")) {
                    named.add(matcher.group());
                }
            }
        }
    }

    List<Factor> of(int index) {
        MergedPull pull = history.merges().get(index);
        List<Factor> factors = new ArrayList<>();
        // A large change matches by chance, but a bump of dependencies has many files.
        boolean many = pull.paths().size() > MANY_PATHS && pull.bumpClass() == null;
        boolean harmless = isHarmless(pull, index);
        Stream.of(EvidenceKind.values())
                .filter(kind -> kind.isExclusive() && !harmless && matches(kind, pull))
                .map(kind -> config.factor(kind, many))
                .max(Comparator.comparingDouble(Factor::ratio))
                .ifPresent(factors::add);
        Stream.of(EvidenceKind.values())
                .filter(kind -> !kind.isExclusive() && holds(kind, pull, index))
                .map(config::factor)
                .forEach(factors::add);
        return List.copyOf(factors);
    }

    private boolean matches(EvidenceKind kind, MergedPull pull) {
        return switch (kind) {
            case PROVIDER_BUMP -> pull.bumpClass() != null && breakage.cause() == Cause.SETUP;
            case DEPENDENCY_BUMP -> pull.bumpClass() != null && breakage.cause() == Cause.BUILD;
            default -> pull.repository().equals(breakage.repository()) && pathsMatch(kind, pull);
        };
    }

    private boolean pathsMatch(EvidenceKind kind, MergedPull pull) {
        return switch (kind) {
            case NAMED_FILE ->
                pull.paths().stream().anyMatch(path -> named.stream().anyMatch(file -> isSame(path, file)));
            case NAMED_PACKAGE ->
                pull.paths().stream().anyMatch(path -> named.stream().anyMatch(file -> isBeside(path, file)));
            case SIG_DIRECTORY ->
                breakage.cause() == Cause.TEST
                        && sigFolder.length() > 2
                        && pull.paths().stream()
                                .anyMatch(path -> ("/" + path.toLowerCase(Locale.ROOT)).contains(sigFolder));
            case DEPLOYMENT_PATHS -> breakage.cause() == Cause.SETUP && anyStarts(pull, config.deploymentPaths());
            case BUILD_FILES -> breakage.cause() == Cause.BUILD && anyStarts(pull, config.buildFiles());
            case UNQUARANTINED ->
                breakage.cause() == Cause.TEST
                        && OUT_OF_QUARANTINE.matcher(pull.title()).find()
                        && pathsMatch(EvidenceKind.NAMED_FILE, pull);
            default -> false;
        };
    }

    private boolean holds(EvidenceKind kind, MergedPull pull, int index) {
        boolean code = pull.allPaths() && !pull.paths().isEmpty();
        return switch (kind) {
            case QUARANTINE ->
                pull.title().toLowerCase(Locale.ROOT).contains("quarantine")
                        && !OUT_OF_QUARANTINE.matcher(pull.title()).find();
            case REVERTED -> isReverted(pull, index);
            case NEVER_RAN -> hasPresubmits(pull) && own(pull).findAny().isEmpty();
            case OWN_GREEN ->
                own(pull)
                        .reduce((first, last) -> last)
                        .filter(run -> !run.red())
                        .isPresent();
            case CODE_ONLY ->
                code && breakage.cause() == Cause.SETUP && pull.paths().stream().allMatch(path -> path.endsWith(".go"));
            case DOCS_ONLY ->
                code
                        && pull.paths().stream()
                                .allMatch(path -> DOCUMENT.matcher(path).find());
            default -> false;
        };
    }

    /** Whatever it touches, it breaks no test. */
    private boolean isHarmless(MergedPull pull, int index) {
        return holds(EvidenceKind.QUARANTINE, pull, index) || holds(EvidenceKind.DOCS_ONLY, pull, index);
    }

    /** GitHub's button and Prow's people write the title of what they revert. */
    private boolean isReverted(MergedPull pull, int index) {
        String revert = "revert \"" + pull.title() + "\"";
        return !pull.title().isBlank()
                && history.merges().stream()
                        .skip(index + 1L)
                        .anyMatch(later -> later.repository().equals(pull.repository())
                                && later.title().regionMatches(true, 0, revert, 0, revert.length()));
    }

    private boolean hasPresubmits(MergedPull pull) {
        return pull.number() > 0
                && pull.repository().equals(breakage.repository())
                && history.runs().stream().anyMatch(run -> !run.pulls().isEmpty());
    }

    /** The runs of the lane on the pull request before it was merged. */
    private Stream<RunOnBase> own(MergedPull pull) {
        return history.runs().stream()
                .filter(run -> pull.number() > 0
                        && pull.repository().equals(breakage.repository())
                        && run.pulls().contains(pull.number())
                        && run.startedAt().isBefore(pull.mergedAt()));
    }

    private static boolean anyStarts(MergedPull pull, List<String> prefixes) {
        return pull.paths().stream().anyMatch(path -> prefixes.stream()
                .anyMatch(prefix -> path.startsWith(prefix) || !prefix.endsWith("/") && path.endsWith("/" + prefix)));
    }

    /** Traces name files from the root of a file system, logs often without folders. */
    private static boolean isSame(String path, String file) {
        return path.equals(file) || file.endsWith("/" + path) || path.endsWith("/" + file);
    }

    private static boolean isBeside(String path, String file) {
        int end = file.lastIndexOf('/');
        int folder = path.lastIndexOf('/');
        // The root of a repository is beside everything.
        return end > 0 && folder > 0 && isSame(path.substring(0, folder), file.substring(0, end));
    }
}
