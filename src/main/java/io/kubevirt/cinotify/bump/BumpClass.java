// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.google.re2j.Pattern;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.yaml.ConfigCollections;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A class of pull requests that bots open: {@code bumps.classes}. The head branch identifies the class; a title repeats
 * the command that produced the pull request and changes with it. So the branch decides where it is known, and the
 * title must not contradict it.
 */
public record BumpClass(
        @JsonProperty(required = true)
        @JsonPropertyDescription("Name in traces and digests; unique. Stored with each pull request.")
        String name,

        @JsonPropertyDescription("Whether the class updates versions; false for other pull requests of bots.")
        Boolean bump,

        @JsonPropertyDescription("Repositories, as org/repo; all if absent.")
        List<String> repo,

        @JsonProperty(required = true) @JsonPropertyDescription("Logins that open pull requests of this class.")
        List<String> author,

        @JsonPropertyDescription("RE2 pattern for the whole head branch; if absent, the title alone decides.") @Nullable Pattern head,

        @JsonPropertyDescription("Owner of the fork with the branch; the author if absent.") @Nullable String headOwner,

        @JsonPropertyDescription("RE2 pattern, searched in the title; used alone where the branch is unknown.")
        @Nullable Pattern title,

        @JsonPropertyDescription("The area that is notified; none if absent.") @Nullable String area,

        @JsonPropertyDescription("Short name of the owning SIG; none if absent.") @Nullable String sig,

        @JsonPropertyDescription(
                "Usual time between two pull requests of this class, as 168h. If absent, missing pull requests are not"
                        + " reported.")
        @Nullable Duration interval,

        @JsonPropertyDescription("The periodic job that opens the pull request; named when one is missing.") @Nullable String job,

        @JsonPropertyDescription("Whether a person must approve the pull request.")
        Boolean needsHuman,

        @JsonPropertyDescription("Time from the last push to the merge that nine of ten pull requests need.")
        Duration usualDuration,

        @JsonPropertyDescription(
                "Whether the lanes of all repositories use the new version, as with Prow and its images. A suspect for"
                        + " failures in its own repository only if false.")
        Boolean affectsAllRepositories,

        @JsonPropertyDescription("The postsubmit job that deploys the new version after the merge, if any.") @Nullable String deployment,

        @JsonPropertyDescription("Differences for a repository, by org/repo.")
        Map<String, RepositoryOverride> repositories) {
    /** Differences for a repository; null for what is the same. */
    public record RepositoryOverride(
            @JsonPropertyDescription("The area that is notified.") @Nullable String area,

            @JsonPropertyDescription("Short name of the owning SIG.") @Nullable String sig,

            @JsonPropertyDescription("Whether a person must approve the pull request.") @Nullable Boolean needsHuman) {}

    public BumpClass {
        bump = bump == null || bump;
        repo = ConfigCollections.orEmpty(repo);
        author = ConfigCollections.orEmpty(author);
        needsHuman = needsHuman == null || needsHuman;
        usualDuration = usualDuration == null ? Duration.ofDays(1) : usualDuration;
        affectsAllRepositories = affectsAllRepositories != null && affectsAllRepositories;
        repositories = ConfigCollections.orEmpty(repositories);
    }

    void check(ConfigValidator check) {
        if (name.isBlank()) {
            check.report("is empty", "give the class a name", "name");
        }
        if (author.isEmpty()) {
            check.report(
                    "class \"" + name + "\" has no author, so it would match pull requests of everyone",
                    "add the logins of the bots that open them",
                    "author");
        }
        if (head == null && title == null) {
            check.report("class \"" + name + "\" matches every pull request of its authors", "add head or title");
        }
        for (int index = 0; index < repo.size(); index++) {
            Repository.check(repo.get(index), check, "repo", index);
        }
        check.area(area, "area");
        check.sig(sig, "sig");
        check.positive(interval, "interval");
        check.positive(usualDuration, "usualDuration");
        repositories.forEach((repository, own) -> {
            Repository.check(repository, check, "repositories", repository);
            check.area(own.area(), "repositories", repository, "area");
            check.sig(own.sig(), "repositories", repository, "sig");
        });
    }

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
                        interval,
                        job,
                        own.needsHuman() == null ? needsHuman : own.needsHuman(),
                        usualDuration,
                        affectsAllRepositories,
                        deployment,
                        repositories);
    }

    enum Match {
        YES,
        NO,
        /** The branch matches, but the title does not. */
        TITLE_CONTRADICTS,
        /** Branch and title match, but the branch is in another user's fork. */
        FOREIGN_FORK
    }

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
        // Other pull requests of bots are ignored anyway, so the title does not matter.
        if (bump && title != null && pull.title() != null && !titleFits) {
            return Match.TITLE_CONTRADICTS;
        }
        return isOwnFork(pull) ? Match.YES : Match.FOREIGN_FORK;
    }

    /** Authors of branches in the repository itself may push to it, and are trusted. */
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
