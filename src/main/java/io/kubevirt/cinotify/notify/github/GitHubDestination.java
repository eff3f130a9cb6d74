// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.github;

import io.kubevirt.cinotify.prow.Repository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A destination or reference on GitHub: a repository for a new issue, {@code org/repo}; an issue or pull request, {@code org/repo#7}; a
 * comment on it, {@code org/repo#7/123}.
 *
 * @param number the issue or pull request; null for a new issue
 * @param comment null for the issue itself
 */
public record GitHubDestination(
        Repository repository,
        @Nullable Integer number,
        @Nullable Long comment) {
    private static final int LONGEST_NUMBER = 9;
    private static final int LONGEST_ID = 18;

    /** Empty if it is not valid. */
    static Optional<GitHubDestination> parse(String text) {
        int hash = text.indexOf('#');
        Optional<Repository> repository = Repository.parse(hash < 0 ? text : text.substring(0, hash));
        if (hash < 0 || repository.isEmpty()) {
            return repository.map(whole -> new GitHubDestination(whole, null, null));
        }
        String[] parts = text.substring(hash + 1).split("/", -1);
        if (parts.length > 2 || !isNumber(parts[0], LONGEST_NUMBER)) {
            return Optional.empty();
        }
        int number = Integer.parseInt(parts[0]);
        if (parts.length == 1) {
            return repository.map(its -> new GitHubDestination(its, number, null));
        }
        return isNumber(parts[1], LONGEST_ID)
                ? repository.map(its -> new GitHubDestination(its, number, Long.valueOf(parts[1])))
                : Optional.empty();
    }

    private static boolean isNumber(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && text.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    static GitHubDestination conversation(Repository repository, int number) {
        return new GitHubDestination(repository, number, null);
    }

    /** The issue or pull request of a comment. */
    GitHubDestination conversation() {
        return new GitHubDestination(repository, number, null);
    }

    GitHubDestination comment(long id) {
        return new GitHubDestination(repository, number, id);
    }

    @Override
    public String toString() {
        return repository + (number == null ? "" : "#" + number) + (comment == null ? "" : "/" + comment);
    }
}
