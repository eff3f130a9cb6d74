/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.notice.github;

import io.kubevirt.cinotify.prow.Repository;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where something stands, or is to stand: a repository for a new issue, {@code org/repo}; a conversation,
 * {@code org/repo#7}; a comment of it, {@code org/repo#7/123}.
 *
 * @param number the issue or pull request; null for a new one
 * @param comment the comment; null for the issue itself
 */
record GitHubPlace(
        Repository repository,
        @Nullable Integer number,
        @Nullable Long comment) {

    private static final int LONGEST_NUMBER = 9;
    private static final int LONGEST_ID = 18;

    /** Empty if it is no such place. */
    static Optional<GitHubPlace> parse(String text) {
        int hash = text.indexOf('#');
        Optional<Repository> repository = Repository.parse(hash < 0 ? text : text.substring(0, hash));
        if (hash < 0 || repository.isEmpty()) {
            return repository.map(whole -> new GitHubPlace(whole, null, null));
        }
        String[] parts = text.substring(hash + 1).split("/", -1);
        if (parts.length > 2 || !isNumber(parts[0], LONGEST_NUMBER)) {
            return Optional.empty();
        }
        int number = Integer.parseInt(parts[0]);
        if (parts.length == 1) {
            return repository.map(its -> new GitHubPlace(its, number, null));
        }
        return isNumber(parts[1], LONGEST_ID)
                ? repository.map(its -> new GitHubPlace(its, number, Long.valueOf(parts[1])))
                : Optional.empty();
    }

    private static boolean isNumber(String text, int longest) {
        return !text.isEmpty()
                && text.length() <= longest
                && text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
    }

    static GitHubPlace conversation(Repository repository, int number) {
        return new GitHubPlace(repository, number, null);
    }

    /** The repository. */
    GitHubPlace whole() {
        return new GitHubPlace(repository, null, null);
    }

    /** Where it stands, if it is a comment. */
    GitHubPlace conversation() {
        return new GitHubPlace(repository, number, null);
    }

    GitHubPlace comment(long id) {
        return new GitHubPlace(repository, number, id);
    }

    @Override
    public String toString() {
        return repository + (number == null ? "" : "#" + number) + (comment == null ? "" : "/" + comment);
    }
}
