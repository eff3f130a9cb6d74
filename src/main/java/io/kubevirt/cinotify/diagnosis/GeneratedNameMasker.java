// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Set;

/**
 * Finds what Kubernetes adds to names to make them unique: five characters for a pod, eight to ten for a ReplicaSet. It
 * draws them from an alphabet without vowels and without 0, 1 and 3, so that they spell no words; hardly any word fits it.
 */
final class GeneratedNameMasker {

    private static final Pattern SUFFIX =
            Pattern.compile("\\b-(?:([456789bcdf]{8,10})|([bcdfghjklmnpqrstvwxz2456789]{5}))\\b");

    /** Nobody generated these: the terms of this field that fit the alphabet. */
    private static final Set<String> TERMS =
            Set.of("btrfs", "http2", "httpd", "https", "ppc64", "sshfs", "tmpfs", "xhtml");

    private GeneratedNameMasker() {}

    /** The text with one word for all suffixes of pods and one for all of ReplicaSets. */
    static String mask(String text) {
        Matcher suffixes = SUFFIX.matcher(text);
        StringBuilder replaced = new StringBuilder();
        int from = 0;
        while (suffixes.find()) {
            String pod = suffixes.group(2);
            boolean isPart = suffixes.end() < text.length() && text.charAt(suffixes.end()) == '-';
            if (pod == null ? isMixed(suffixes.group(1)) : isPod(pod, isPart)) {
                replaced.append(text, from, suffixes.start()).append(pod == null ? "-<hash>" : "-<pod>");
                from = suffixes.end();
            }
        }
        return replaced.append(text, from, text.length()).toString();
    }

    /** Without a digit it is one only at the end of a name; a bare number is a number. */
    private static boolean isPod(String suffix, boolean isPart) {
        boolean isNumber = suffix.chars().allMatch(Character::isDigit);
        return !TERMS.contains(suffix) && !isNumber && (isMixed(suffix) || !isPart);
    }

    private static boolean isMixed(String suffix) {
        return suffix.chars().anyMatch(Character::isDigit) && suffix.chars().anyMatch(Character::isLetter);
    }
}
