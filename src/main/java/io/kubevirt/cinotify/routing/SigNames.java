// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the SIG that a text names, as the names of lanes and the tags of tests do. */
public final class SigNames {
    /** In place of a SIG: the CI itself, and several SIGs. */
    private static final Set<String> NO_GROUPS = Set.of("none", "multi");

    /** The full name of a group, as in sig-node-presubmits, sig/node or wg-batch. */
    private static final Pattern GROUP =
            Pattern.compile("(?:^|[^a-z0-9])(sig|wg|ug|committee)[-/]([a-z0-9][a-z0-9.-]*)");

    private final Map<String, String> shortNames = new HashMap<>();

    /** {@code aliases} lead to short names. */
    public SigNames(Set<String> known, Map<String, String> aliases) {
        known.forEach(name -> shortNames.put(name, name));
        shortNames.putAll(aliases);
    }

    /** The SIG of the longest known name that equals the text or is followed by a dash in it. */
    public Optional<String> resolve(String text) {
        for (String candidate = text; !candidate.isEmpty(); candidate = withoutLastPart(candidate)) {
            String sig = shortNames.get(candidate);
            if (sig != null) {
                return Optional.of(sig);
            }
        }
        return Optional.empty();
    }

    /** The first group whose full name, as in sig-node or wg-batch, occurs in a text. */
    Optional<String> groupIn(String text) {
        Matcher matcher = GROUP.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            Optional<String> group = group(matcher);
            if (group.isPresent()) {
                return group;
            }
        }
        return Optional.empty();
    }

    /** The group whose full name a text starts with. */
    Optional<String> groupAtStartOf(String text) {
        Matcher matcher = GROUP.matcher(text.toLowerCase(Locale.ROOT));
        return matcher.lookingAt() && matcher.start(1) == 0 ? group(matcher) : Optional.empty();
    }

    /** The group with exactly this short or other name. */
    Optional<String> groupNamed(String name) {
        return Optional.ofNullable(shortNames.get(name)).filter(SigNames::isGroup);
    }

    private Optional<String> group(Matcher matcher) {
        String kind = matcher.group(1);
        String name = matcher.group(2);
        return resolve(kind.equals("sig") ? name : kind + "-" + name).filter(SigNames::isGroup);
    }

    private static boolean isGroup(String sig) {
        return !NO_GROUPS.contains(sig);
    }

    static String withoutLastPart(String text) {
        int dash = text.lastIndexOf('-');
        return dash < 0 ? "" : text.substring(0, dash);
    }
}
