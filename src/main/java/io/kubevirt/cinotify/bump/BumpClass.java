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
 * One sort of pull request that bots open, as the operator describes it. The branch is the stable key: a title repeats the
 * command that made it, and changes with that. So the branch decides where it is known, and the title must not contradict.
 */
public record BumpClass(
        @JsonProperty(required = true)
        @JsonPropertyDescription(
                "What traces and digests call it; each class has a name of its own, by which it is known again.")
        String name,

        @JsonPropertyDescription(
                "False for what bots open without bringing in new versions, so that it is told apart; true if absent.")
        @Nullable Boolean bump,

        @JsonPropertyDescription("Only in these repositories, as org/repo; any if absent.")
        List<String> repo,

        @JsonProperty(required = true) @JsonPropertyDescription("The logins that open it.")
        List<String> author,

        @JsonPropertyDescription("RE2 pattern of the whole head branch; the title alone decides if absent.") @Nullable Pattern head,

        @JsonPropertyDescription("Whose fork has the branch; the author's if absent.") @Nullable String headOwner,

        @JsonPropertyDescription("RE2 pattern searched in the title; needed where the branch is not known.") @Nullable Pattern title,

        @JsonPropertyDescription("The area that answers for it; none if absent.") @Nullable String area,

        @JsonPropertyDescription("Short name of the SIG whose it is; none if absent.") @Nullable String sig,

        @JsonPropertyDescription("How often one is expected, as 168h; its absence is never told without it.") @Nullable String every,

        @JsonPropertyDescription("The periodic job that opens it, named when none comes.") @Nullable String job,

        @JsonPropertyDescription("True if a human must approve it, false if it merges by itself; true if absent.")
        @Nullable Boolean needsHuman,

        @JsonPropertyDescription("How long nine of ten take from the last push to the merge, as 6h; 24h if absent.")
        @Nullable String usually,

        @JsonPropertyDescription(
                "True if the lanes of all repositories use what it brings in, as they do Prow and its images, so that it may be the reason of what breaks anywhere; false if absent, and only the lanes of its own repository are looked at.")
        @Nullable Boolean everywhere,

        @JsonPropertyDescription("The postsubmit job that brings it into service after the merge, if any.") @Nullable String deployment,

        @JsonPropertyDescription("What differs in a repository, by org/repo.")
        Map<String, RepositoryOverride> repositories) {

    private static final Duration DAY = Duration.ofDays(1);

    /** What differs in a repository; null for what does not. */
    public record RepositoryOverride(
            @JsonPropertyDescription("The area that answers for it there.") @Nullable String area,

            @JsonPropertyDescription("Short name of the SIG whose it is there.") @Nullable String sig,

            @JsonPropertyDescription("True if a human must approve it there, false if it merges by itself.") @Nullable Boolean needsHuman) {}

    /** Copies the lists and the map; absent ones become empty. */
    public BumpClass {
        repo = repo == null ? List.of() : List.copyOf(repo);
        author = author == null ? List.of() : List.copyOf(author);
        repositories = repositories == null ? Map.of() : Map.copyOf(repositories);
    }

    /** The same as it is in a repository. */
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

    /** How often one is expected; empty if nobody waits for one. */
    public Optional<Duration> expectedInterval() {
        return Optional.ofNullable(every).flatMap(GoDuration::parse);
    }

    /** Whether somebody must approve it. */
    public boolean waitsForHuman() {
        return needsHuman == null || needsHuman;
    }

    /** Whether the lanes of all repositories use what it brings in. */
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
        /** Its branch says so, its title contradicts. */
        TITLE_CONTRADICTS,
        /** Its branch and title say so, but the branch lies in somebody else's fork. */
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
        // What is left alone anyway needs no second opinion.
        if (isBump() && title != null && pull.title() != null && !titleFits) {
            return Match.TITLE_CONTRADICTS;
        }
        return isOwnFork(pull) ? Match.YES : Match.FOREIGN_FORK;
    }

    /** Who can push to the repository itself is trusted there. */
    private boolean isOwnFork(BumpCandidate pull) {
        String owner = pull.headOwner();
        if (owner == null
                || (pull.repository() != null && same(pull.repository().org(), owner))) {
            return true;
        }
        return headOwner == null ? author.stream().anyMatch(name -> same(name, owner)) : same(headOwner, owner);
    }

    /** GitHub's logins have no case. */
    private static boolean same(String one, String other) {
        return one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }
}
