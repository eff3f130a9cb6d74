// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import java.util.Optional;

public record Repository(String org, String name) implements Comparable<Repository> {
    /**
     * Parses {@code org/name}; empty if the text has another form. The org of a Gerrit repository is its host, with the
     * scheme: {@code https://foo-review.googlesource.com}; its name may have slashes.
     */
    public static Optional<Repository> parse(String fullName) {
        int scheme = fullName.startsWith("https://") || fullName.startsWith("http://") ? fullName.indexOf("//") + 2 : 0;
        int slash = fullName.indexOf('/', scheme);
        boolean wellFormed = slash > scheme
                && slash < fullName.length() - 1
                && (scheme > 0 ? !fullName.endsWith("/") : fullName.indexOf('/', slash + 1) < 0);
        return wellFormed
                ? Optional.of(new Repository(fullName.substring(0, slash), fullName.substring(slash + 1)))
                : Optional.empty();
    }

    /** Reports a text of another form as a problem. */
    public static void check(String fullName, ConfigValidator check, Object... at) {
        if (parse(fullName).isEmpty()) {
            check.report("\"" + fullName + "\" is not a repository", "write it as org/repo", at);
        }
    }

    /** The key of the jobs of a repository: Prow lets a Gerrit host be without its scheme. */
    static Optional<Repository> ofJobs(String key) {
        boolean bareHost = key.indexOf('.') < key.indexOf('/') && key.indexOf('.') > 0 && !key.contains("://");
        return parse(bareHost ? "https://" + key : key);
    }

    /** @throws IllegalArgumentException if the text is not of the form {@code org/name} */
    @JsonCreator
    public static Repository of(String fullName) {
        return parse(fullName)
                .orElseThrow(() -> new IllegalArgumentException("\"" + fullName + "\" is not of the form org/repo"));
    }

    @JsonValue
    public String fullName() {
        return org + "/" + name;
    }

    @Override
    public int compareTo(Repository other) {
        return fullName().compareTo(other.fullName());
    }

    @Override
    public String toString() {
        return fullName();
    }
}
