// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.roster;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who is meant by an e-mail address, name or GitHub login in a calendar; case is ignored. What two people have in common names
 * neither.
 */
public final class CalendarPeople {
    private static final String AMBIGUOUS = "";

    /** Of Alice and Alice Smith only one is meant. */
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final Map<String, String> handles = new HashMap<>();
    private final Map<String, String> names = new TreeMap<>(LONGEST_FIRST);

    /** What a title may contain besides other words: names, and the logins of {@link #member}. */
    private final Map<String, String> words = new TreeMap<>(LONGEST_FIRST);

    /** A login that stands alone in a title. */
    public CalendarPeople handle(String handle) {
        handles.putIfAbsent(key(handle), handle);
        return this;
    }

    /** A login that may be a word of a title. */
    public CalendarPeople member(String handle) {
        words.putIfAbsent(key(handle), handle);
        return handle(handle);
    }

    /** Another name or an e-mail address of a person. */
    public CalendarPeople name(String name, String handle) {
        if (!name.isBlank()) {
            names.merge(key(name), handle, (one, other) -> one.equalsIgnoreCase(other) ? one : AMBIGUOUS);
        }
        return this;
    }

    /** The logins of those attendees who are known, else of the people in the title; empty if nobody is known. */
    Set<String> find(List<String> attendees, String title) {
        Set<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        attendees.forEach(attendee -> whole(attendee).ifPresent(found::add));
        if (found.isEmpty()) {
            whole(title).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            String rest = collect(names, key(title), found);
            if (found.isEmpty()) {
                collect(words, rest, found);
            }
        }
        return found;
    }

    private Optional<String> whole(String text) {
        String key = key(text);
        String handle = handles.get(key.startsWith("@") ? key.substring(1) : key);
        return Optional.ofNullable(handle == null ? names.get(key) : handle).filter(found -> !found.equals(AMBIGUOUS));
    }

    /** Returns the text without what was found. */
    private static String collect(Map<String, String> known, String text, Set<String> found) {
        String rest = text;
        for (Map.Entry<String, String> entry : known.entrySet()) {
            String name = entry.getKey();
            int at = wordAt(rest, name);
            if (at >= 0) {
                rest = rest.substring(0, at) + "," + rest.substring(at + name.length());
                if (!entry.getValue().equals(AMBIGUOUS)) {
                    found.add(entry.getValue());
                }
            }
        }
        return rest;
    }

    /** The first place where a name is not a part of a longer word; -1 for none. */
    private static int wordAt(String text, String name) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
            int end = at + name.length();
            boolean starts = at == 0 || !isPartOfWord(text.charAt(at - 1));
            if (starts && (end == text.length() || !isPartOfWord(text.charAt(end)))) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isPartOfWord(char character) {
        return Character.isLetterOrDigit(character) || character == '-' || character == '_' || character == '.';
    }

    private static String key(String text) {
        String key = text.strip().toLowerCase(Locale.ROOT);
        return key.startsWith("mailto:") ? key.substring("mailto:".length()) : key;
    }
}
