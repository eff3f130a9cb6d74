// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;

public record Repository(String org, String name) implements Comparable<Repository> {
    /** Parses {@code org/name}; empty if the text has another form. */
    public static Optional<Repository> parse(String fullName) {
        int slash = fullName.indexOf('/');
        boolean wellFormed = slash > 0 && slash < fullName.length() - 1 && fullName.indexOf('/', slash + 1) < 0;
        return wellFormed
                ? Optional.of(new Repository(fullName.substring(0, slash), fullName.substring(slash + 1)))
                : Optional.empty();
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
