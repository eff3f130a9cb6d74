// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.incident;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where an outage reaches.
 *
 * @param kind {@code cluster} or {@code repository}
 * @param name which
 */
public record OutageScope(String kind, String name) implements Comparable<OutageScope> {

    private static final String CLUSTER = "cluster";
    private static final String REPOSITORY = "repository";

    public static OutageScope cluster(String name) {
        return new OutageScope(CLUSTER, name);
    }

    public static OutageScope repository(String name) {
        return new OutageScope(REPOSITORY, name);
    }

    /** Reads what {@link #label} wrote. */
    @JsonCreator
    static OutageScope parse(String text) {
        int space = text.indexOf(' ');
        return new OutageScope(text.substring(0, space), text.substring(space + 1));
    }

    @JsonValue
    String label() {
        return kind + " " + name;
    }

    /** Part of the id of an outage, which is stored: the text of the record's first name must not change. */
    @Override
    public String toString() {
        return "Scope[kind=" + kind + ", name=" + name + "]";
    }

    boolean isRepository() {
        return kind.equals(REPOSITORY);
    }

    @Override
    public int compareTo(OutageScope other) {
        return label().compareTo(other.label());
    }
}
