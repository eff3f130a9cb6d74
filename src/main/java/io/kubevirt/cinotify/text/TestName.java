// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.text;

/** Names of tests for people. */
public final class TestName {
    private TestName() {}

    /** {@code should attach a NIC} for {@code [sig-net] [level:component] should attach a NIC [crit:high]}. */
    public static String withoutTags(String test) {
        StringBuilder kept = new StringBuilder();
        int depth = 0;
        for (int at = 0; at < test.length(); at++) {
            char character = test.charAt(at);
            depth += character == '[' ? 1 : 0;
            if (depth == 0) {
                kept.append(character);
            }
            depth -= character == ']' && depth > 0 ? 1 : 0;
        }
        String name = kept.toString().strip().replaceAll("\\s+", " ");
        return name.isEmpty() ? test : name;
    }

    /** Without tags; of a long name the last words, which tell the tests of a suite apart. */
    public static String shortened(String test, int most) {
        String name = withoutTags(test);
        int points = name.codePointCount(0, name.length());
        if (points <= most) {
            return name;
        }
        String end = name.substring(name.offsetByCodePoints(0, points - most + 2));
        return "… " + end.substring(end.indexOf(' ') + 1);
    }
}
