// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Computes signatures: equal signatures mean the same problem. Times, addresses, hashes, generated Kubernetes names,
 * durations, versions and numbers are masked.
 */
public final class SignatureNormalizer {
    private static final int LONGEST = 300;
    private static final int MOST_TESTS = 3;

    private record Replacement(Pattern pattern, String by) {
        static Replacement of(String pattern, String by) {
            return new Replacement(Pattern.compile(pattern), by);
        }
    }

    /** Applied in this order: longer and more specific patterns first. */
    private static final List<Replacement> FIRST = List.of(
            Replacement.of("^\\d{2}:\\d{2}:\\d{2}: ?", ""),
            Replacement.of("\\d{4}-\\d{2}-\\d{2}[T ]\\d{2}:\\d{2}:\\d{2}([.,]\\d+)?(Z|[+-]\\d{2}:?\\d{2})?", "<time>"),
            Replacement.of("\\b[IWEF]\\d{4} \\d{2}:\\d{2}:\\d{2}\\.\\d+", "<time>"),
            Replacement.of("\\b\\d{2}:\\d{2}:\\d{2}([.,]\\d+)?\\b", "<time>"),
            Replacement.of("\\b\\d{4}-\\d{2}-\\d{2}\\b", "<time>"),
            Replacement.of("\\b[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\b", "<uuid>"),
            Replacement.of("\\b(sha256:)?[0-9a-f]{12,128}(/\\d+)?\\b", "<hash>"),
            Replacement.of("\\b0x[0-9a-fA-F]+\\b", "<hash>"),
            Replacement.of("\\b\\d{1,3}(\\.\\d{1,3}){3}(:\\d{1,5})?(/\\d{1,2})?\\b", "<address>"),
            Replacement.of("\\[?\\b[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{0,4}){3,7}\\]?(:\\d{1,5})?", "<address>"));

    /** Applied after generated names are masked. */
    private static final List<Replacement> THEN = List.of(
            Replacement.of("(/tmp)/[^\\s:'\"]+", "<temporary>"),
            Replacement.of("\\b(\\d+(\\.\\d+)?(ms|us|µs|ns|s|m|h))+\\b", "<duration>"),
            Replacement.of("\\b\\d+(\\.\\d+)? ?(seconds?|minutes?|hours?|milliseconds?)\\b", "<duration>"),
            Replacement.of("\\bv?\\d+\\.\\d+(\\.\\d+)*([-+][0-9A-Za-z.]+)?\\b", "<version>"),
            Replacement.of("(\\.(?:bazel|bzl|c|cc|go|h|proto|py|sh|ya?ml)):\\d+(:\\d+)?\\b", "$1:<line>"),
            Replacement.of(":\\d{2,5}\\b", ":<port>"),
            Replacement.of("((?:HTTP(?:/\\S+)?|[Ss]tatus(?: code)?:?|returned error:) )([45]\\d\\d)\\b", "$1HTTP$2"),
            Replacement.of("\\b\\d+\\b", "<n>"),
            Replacement.of("\\s+", " "));

    private SignatureNormalizer() {}

    public static String normalize(String text) {
        String cut = text.length() > 4 * LONGEST ? text.substring(0, 4 * LONGEST) : text;
        String normal =
                replaced(THEN, GeneratedNameMasker.mask(replaced(FIRST, cut))).strip();
        return normal.length() > LONGEST ? normal.substring(0, LONGEST) : normal;
    }

    private static String replaced(List<Replacement> replacements, String text) {
        String replaced = text;
        for (Replacement replacement : replacements) {
            replaced = replacement.pattern().matcher(replaced).replaceAll(replacement.by());
        }
        return replaced;
    }

    static String signatureOf(String family, String text) {
        return family + ": " + normalize(text);
    }

    /** The signature of failing tests, independent of their order; test names are not normalized. */
    static String signatureOf(List<String> tests, int count) {
        String names = tests.stream().sorted().limit(MOST_TESTS).collect(Collectors.joining(" + "));
        String more = count > MOST_TESTS ? " and more" : "";
        String all = "test: " + names + more;
        return all.length() > LONGEST ? all.substring(0, LONGEST) : all;
    }

    /**
     * Masks the suffixes of generated Kubernetes names: five characters for a pod, eight to ten for a ReplicaSet.
     * Kubernetes uses an alphabet without vowels and without 0, 1 and 3, so hardly any word matches.
     */
    static final class GeneratedNameMasker {
        private static final Pattern SUFFIX =
                Pattern.compile("\\b-(?:([456789bcdf]{8,10})|([bcdfghjklmnpqrstvwxz2456789]{5}))\\b");

        /** Technical terms that match the alphabet but are not generated. */
        private static final Set<String> TERMS =
                Set.of("btrfs", "http2", "httpd", "https", "ppc64", "sshfs", "tmpfs", "xhtml");

        private GeneratedNameMasker() {}

        /** Replaces suffixes of pods and ReplicaSets by placeholders. */
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

        /** Without a digit it is a suffix only at the end of a name; a number is not a suffix. */
        private static boolean isPod(String suffix, boolean isPart) {
            boolean isNumber = suffix.chars().allMatch(Character::isDigit);
            return !TERMS.contains(suffix) && !isNumber && (isMixed(suffix) || !isPart);
        }

        private static boolean isMixed(String suffix) {
            return suffix.chars().anyMatch(Character::isDigit) && suffix.chars().anyMatch(Character::isLetter);
        }
    }
}
