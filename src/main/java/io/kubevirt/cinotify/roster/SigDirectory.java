// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import io.kubevirt.cinotify.roster.Sig.Person;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import io.kubevirt.cinotify.yaml.YamlDocument;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The groups of {@code sigs.yaml} by short name. */
public final class SigDirectory {
    private final Map<String, Sig> sigs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    SigDirectory(Collection<Sig> sigs) {
        sigs.forEach(sig -> this.sigs.put(sig.shortName(), sig));
    }

    /** No groups. */
    public static SigDirectory empty() {
        return new SigDirectory(List.of());
    }

    /**
     * Parses all sections of the file: SIGs, working groups, user groups, committees.
     *
     * @throws InvalidConfigException with all problems
     */
    public static SigDirectory read(YamlDocument document) throws InvalidConfigException {
        return new SigDirectory(new SigReader(document).read());
    }

    /** The group with a short name, ignoring case. */
    public Optional<Sig> sig(String shortName) {
        return Optional.ofNullable(sigs.get(shortName));
    }

    /** All groups, by short name. */
    public List<Sig> sigs() {
        return List.copyOf(sigs.values());
    }

    /** Chairs and leads of a group; empty for an unknown group. */
    public List<Person> people(String shortName) {
        return sig(shortName).map(Sig::people).orElse(List.of());
    }

    /** The chair or lead who was notified least recently; chairs first. */
    public Optional<Person> personFor(String shortName, LastNotified lastNotified) {
        return lastNotified.leastRecent(people(shortName), Person::handle);
    }

    /** The group's Slack channel, without {@code #}. */
    public Optional<String> channelOf(String shortName) {
        return sig(shortName).flatMap(sig -> Optional.ofNullable(sig.channel()));
    }

    /** All handles in the file. */
    public Set<String> handles() {
        Set<String> handles = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        sigs.values().forEach(sig -> sig.people().forEach(person -> handles.add(person.handle())));
        return handles;
    }
}
