// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

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

    /** No groups, for an operator who has no such file. */
    public static SigDirectory empty() {
        return new SigDirectory(List.of());
    }

    /**
     * Reads every section of the file: SIGs, working groups, user groups, committees.
     *
     * @throws InvalidConfigException with every entry that cannot be a group
     */
    public static SigDirectory read(YamlDocument document) throws InvalidConfigException {
        return new SigDirectory(new SigReader(document).read());
    }

    /** The group of a short name, in any case; empty for an unknown one. */
    public Optional<Sig> sig(String shortName) {
        return Optional.ofNullable(sigs.get(shortName));
    }

    /** All groups, by short name. */
    public List<Sig> sigs() {
        return List.copyOf(sigs.values());
    }

    /** Chairs and leads of a group; none for an unknown group or one without people. */
    public List<Person> people(String shortName) {
        return sig(shortName).map(Sig::people).orElse(List.of());
    }

    /** The chair or lead whose turn it is: the one told least recently, chairs first. */
    public Optional<Person> personFor(String shortName, LastNotified lastTold) {
        return lastTold.leastRecent(people(shortName), Person::handle);
    }

    /** The group's Slack channel, without {@code #}. */
    public Optional<String> channelOf(String shortName) {
        return sig(shortName).flatMap(sig -> Optional.ofNullable(sig.channel()));
    }

    /** Every handle of the file. */
    public Set<String> handles() {
        Set<String> handles = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        sigs.values().forEach(sig -> sig.people().forEach(person -> handles.add(person.handle())));
        return handles;
    }
}
