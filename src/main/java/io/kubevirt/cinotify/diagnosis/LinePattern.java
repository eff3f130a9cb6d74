// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;

/**
 * A pattern that first looks for the longest text that every match contains: logs have tens of thousands of lines, and
 * looking for a text is a hundred times as fast as a pattern.
 */
final class LinePattern {

    private static final String GROUP = "what";

    private final Pattern pattern;
    private final String literal;

    LinePattern(Pattern pattern) {
        this.pattern = pattern;
        this.literal = LiteralPrefilter.longestLiteral(pattern.pattern());
    }

    boolean matches(String line) {
        return line.contains(literal) && pattern.matcher(line).find();
    }

    /** What the pattern finds characteristic of the line; empty if it does not match. */
    Optional<String> detail(String line) {
        Matcher matcher = pattern.matcher(line);
        if (!line.contains(literal) || !matcher.find()) {
            return Optional.empty();
        }
        String what = pattern.namedGroups().containsKey(GROUP) ? matcher.group(GROUP) : matcher.group();
        return Optional.of(what == null ? matcher.group() : what);
    }
}
