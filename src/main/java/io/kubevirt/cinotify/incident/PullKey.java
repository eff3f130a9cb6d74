// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A pull request.
 *
 * @param number 0 if not known
 */
public record PullKey(String repository, int number) {

    /** Reads what {@link #toString} wrote. */
    @JsonCreator
    static PullKey parse(String text) {
        int hash = text.lastIndexOf('#');
        return new PullKey(text.substring(0, hash), Integer.parseInt(text.substring(hash + 1)));
    }

    @JsonValue
    @Override
    public String toString() {
        return repository + "#" + number;
    }
}
