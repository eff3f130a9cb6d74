// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.GoDuration;
import io.kubevirt.cinotify.prow.Repository;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configured class of automated pull requests. The head branch is the stable key: the title repeats the command that
 * created the pull request and changes with it. So the branch decides if it is known, and the title must not contradict
 * it.
 */
public record BumpClass(
        @JsonProperty(required = true)
        @JsonPropertyDescription("Name of the class in traces and digests; unique and stable.")
        String name,

        @JsonPropertyDescription("False for automated pull requests that bring in no new versions; true if absent.")
        @Nullable
        Boolean bump,

        @JsonPropertyDescription("Repositories of the class, as org/repo; any if absent.")
        List<String> repo,

        @JsonProperty(required = true) @JsonPropertyDescription("Logins of the authors.")
        List<String> author,

        @JsonPropertyDescription("RE2 pattern of the whole head branch; the title alone decides if absent.") @Nullable
        Pattern head,

        @JsonPropertyDescription("Owner of the fork with the branch; the author if absent.") @Nullable
        String headOwner,

        @JsonPropertyDescription("RE2 pattern searched in the title; needed if the branch is unknown.") @Nullable
        Pattern title,

        @JsonPropertyDescription("The responsible area; none if absent.") @Nullable
        String area,

        @JsonPropertyDescription("Short name of the responsible SIG; none if absent.") @Nullable
        String sig,

        @JsonPropertyDescription("How often one is expected, as 168h; if absent, missing bumps are not reported.")
        @Nullable
        String every,

        @JsonPropertyDescription("The periodic job that opens it, named in reports of missing bumps.") @Nullable
        String job,

        @JsonPropertyDescription("True if a human must approve it, false if it merges by itself; true if absent.")
        @Nullable
        Boolean needsHuman,

        @JsonPropertyDescription("Time in which 90% are merged after the last push, as 6h; 24h if absent.") @Nullable
        String usually,

        @JsonPropertyDescription(
                "True if the lanes of all repositories use what it brings in, as they do Prow and its images, so that"
                    + " it may be the reason of what breaks anywhere; false if absent, and only the lanes of its own"
                    + " repository are looked at.")
        @Nullable
        Boolean everywhere,

        @JsonPropertyDescription("The postsubmit job that deploys it after the merge, if any.") @Nullable
        String deployment,

        @JsonPropertyDescription("Overrides for single repositories, by org/repo.")
        Map<String, RepositoryOverride> repositories) {

    private static final Duration DAY = Duration.ofDays(1);

    /** Overrides for one repository; null keeps the value of the class. */
    public record RepositoryOverride(
            @JsonPropertyDescription("The responsible area in this repository.") @Nullable
            String area,

            @JsonPropertyDescription("Short name of the responsible SIG in this repository.") @Nullable
            String sig,

            @JsonPropertyDescription(
                    "True if a human must approve it in this repository, false if it merges by itself.")
            @Nullable
            Boolean needsHuman) {}

    /** Copies the lists and the map; absent ones become empty. */
    public BumpClass {
        repo = repo == null ? List.of() : List.copyOf(repo);
        author = author == null ? List.of() : List.copyOf(author);
        repositories = repositories == null ? Map.of() : Map.copyOf(repositories);
    }

    /** The class with the overrides of a repository applied. */
    public BumpClass forRepository(@Nullable Repository repository) {
        RepositoryOverride own = repository == null ? null : repositories.get(repository.fullName());
        return own == null
                ? this
                : new BumpClass(
                        name,
                        bump,
                        repo,
                        author,
                        head,
                        headOwner,
                        title,
                        own.area() == null ? area : own.area(),
                        own.sig() == null ? sig : own.sig(),
                        every,
                        job,
                        own.needsHuman() == null ? needsHuman : own.needsHuman(),
                        usually,
                        everywhere,
                        deployment,
                        repositories);
    }

    /** Whether it brings in new versions. */
    public boolean isBump() {
        return bump == null || bump;
    }

    /** How often one is expected; empty if missing ones are not reported. */
    public Optional<Duration> expectedInterval() {
        return Optional.ofNullable(every).flatMap(GoDuration::parse);
    }

    /** Whether a human must approve it. */
    public boolean waitsForHuman() {
        return needsHuman == null || needsHuman;
    }

    /** Whether the lanes of all repositories depend on it. */
    public boolean affectsAllRepositories() {
        return everywhere != null && everywhere;
    }

    /** How long it may take from the last push to the merge. */
    public Duration usualDuration() {
        return Optional.ofNullable(usually).flatMap(GoDuration::parse).orElse(DAY);
    }

    /** How a pull request relates to a class. */
    enum Match {
        /** It is of this class. */
        YES,
        /** It is not. */
        NO,
        /** The branch matches, the title does not. */
        TITLE_CONTRADICTS,
        /** Branch and title match, but the fork belongs to somebody else. */
        FOREIGN_FORK
    }

    /** How a pull request relates to this class. */
    Match match(BumpCandidate pull) {
        if (!repo.isEmpty()
                && pull.repository() != null
                && !repo.contains(pull.repository().fullName())) {
            return Match.NO;
        }
        if (pull.author() != null && author.stream().noneMatch(name -> same(name, pull.author()))) {
            return Match.NO;
        }
        boolean titleFits = title != null
                && pull.title() != null
                && title.matcher(pull.title()).find();
        if (head == null || pull.headRef() == null) {
            return titleFits ? Match.YES : Match.NO;
        }
        if (!head.matches(pull.headRef())) {
            return Match.NO;
        }
        // Classes that are ignored anyway do not need the title.
        if (isBump() && title != null && pull.title() != null && !titleFits) {
            return Match.TITLE_CONTRADICTS;
        }
        return isOwnFork(pull) ? Match.YES : Match.FOREIGN_FORK;
    }

    /** A branch in the repository itself is trusted: only people with push access can create it. */
    private boolean isOwnFork(BumpCandidate pull) {
        String owner = pull.headOwner();
        if (owner == null
                || (pull.repository() != null && same(pull.repository().org(), owner))) {
            return true;
        }
        return headOwner == null ? author.stream().anyMatch(name -> same(name, owner)) : same(headOwner, owner);
    }

    /** GitHub logins are case-insensitive. */
    private static boolean same(String one, String other) {
        return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
