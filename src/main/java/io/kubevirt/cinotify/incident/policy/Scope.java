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
package io.kubevirt.cinotify.incident.policy;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where an outage reaches.
 *
 * @param kind {@code cluster} or {@code repository}
 * @param name which
 */
record Scope(String kind, String name) implements Comparable<Scope> {

    private static final String CLUSTER = "cluster";
    private static final String REPOSITORY = "repository";

    static Scope cluster(String name) {
        return new Scope(CLUSTER, name);
    }

    static Scope repository(String name) {
        return new Scope(REPOSITORY, name);
    }

    /** Reads what {@link #words} wrote. */
    @JsonCreator
    static Scope parse(String text) {
        int space = text.indexOf(' ');
        return new Scope(text.substring(0, space), text.substring(space + 1));
    }

    @JsonValue
    String words() {
        return kind + " " + name;
    }

    boolean isRepository() {
        return kind.equals(REPOSITORY);
    }

    @Override
    public int compareTo(Scope other) {
        return words().compareTo(other.words());
    }
}
