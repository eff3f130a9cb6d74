// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A special interest, working or user group.
 *
 * @param shortName {@code compute}, {@code wg-arch-arm}
 * @param leads leads of the group and its subprojects, in the order of the file
 * @param channel the Slack channel, without {@code #}; null for none
 * @param otherNames what its folder, label and Slack channel call it, if not the short name, without {@code sig-}
 */
public record Sig(
        String shortName,
        String name,
        List<Person> chairs,
        List<Person> leads,
        @Nullable String channel,
        List<String> otherNames,
        List<Subproject> subprojects) {
    public Sig {
        chairs = List.copyOf(chairs);
        leads = List.copyOf(leads);
        otherNames = List.copyOf(otherNames);
        subprojects = List.copyOf(subprojects);
    }

    /** Chairs, then leads; each person once. */
    public List<Person> people() {
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<Person> people = new ArrayList<>(chairs);
        people.addAll(leads);
        return people.stream().filter(person -> seen.add(person.handle())).toList();
    }

    /** @param owners the addresses of its OWNERS files */
    public record Subproject(String name, List<String> owners) {
        public Subproject {
            owners = List.copyOf(owners);
        }
    }

    /**
     * A person as {@code sigs.yaml} names one.
     *
     * @param handle the GitHub login, as written there
     * @param name the display name; the handle where there is none
     */
    public record Person(String handle, String name) {}
}
