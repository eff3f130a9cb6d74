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
    private final String needle;

    LinePattern(Pattern pattern) {
        this.pattern = pattern;
        this.needle = Needle.of(pattern.pattern());
    }

    boolean matches(String line) {
        return line.contains(needle) && pattern.matcher(line).find();
    }

    /** What the pattern finds characteristic of the line; empty if it does not match. */
    Optional<String> what(String line) {
        Matcher matcher = pattern.matcher(line);
        if (!line.contains(needle) || !matcher.find()) {
            return Optional.empty();
        }
        String what = pattern.namedGroups().containsKey(GROUP) ? matcher.group(GROUP) : matcher.group();
        return Optional.of(what == null ? matcher.group() : what);
    }
}
