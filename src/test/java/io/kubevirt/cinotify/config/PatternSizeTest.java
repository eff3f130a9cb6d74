// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pattern of a few characters must not need all memory. */
class PatternSizeTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((x{1000}){1000}){1000})",
                "((x{0,1000}){1000})",
                "(?:(?:x{1000,}){3})",
                "(?i)((?P<a>\\w{1000}){1000})",
                "[]}]{1000}|([^)(]{1000}){2}",
                "\\Q{5}\\E{1000}|\\x{41}{1000}",
                "(x*){1000}",
                "((\\p{Greek}{1000}){2}",
                "(([[:alpha:]]{1000}){2})",
                "x{1000}y{1000}z{1000}",
            })
    void repetitionsThatMultiplyAreTooLarge(String pattern) {
        assertThat(PatternSize.isAcceptable(pattern)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Missing digest: \\w+",
                "x{1000}",
                "(x{10}){20}",
                "a{b}c{1,2,3}{",
                "\\{1000\\}{3}",
                "[{1000}]{1000}",
                "\\Q(x{1000}){1000}",
                "^(?P<what>[a-z-]{1,63}) failed (after|within) \\d+s$",
                "[^\\]]{0,300}\\)",
            })
    void patternsThatPeopleWriteAreAccepted(String pattern) {
        assertThat(PatternSize.isAcceptable(pattern)).isTrue();
        assertThat(Pattern.compile(pattern).pattern()).isEqualTo(pattern);
    }

    @Test
    void aLongPatternIsTooLarge() {
        assertThat(PatternSize.isAcceptable("x".repeat(2_001))).isFalse();
    }
}
