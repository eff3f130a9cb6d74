// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Makes of a failure's text what it has in common with the same failure elsewhere: times, addresses, hashes, names that
 * Kubernetes made up, durations, versions and numbers go. Equal signature, same problem.
 */
public final class SignatureNormalizer {

    private static final int LONGEST = 300;
    private static final int MOST_TESTS = 3;

    private record Replacement(Pattern pattern, String by) {
        static Replacement of(String pattern, String by) {
            return new Replacement(Pattern.compile(pattern), by);
        }
    }

    /** In this order: what is longer or more special goes first. */
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

    /** What is left when generated names are gone. */
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

    /** What a text has in common with the same failure elsewhere. */
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

    /** The signature of a failure of some family. */
    static String signatureOf(String family, String text) {
        return family + ": " + normalize(text);
    }

    /** The signature of failing tests, in whatever order they failed; names of tests are their own. */
    static String signatureOf(List<String> tests, int count) {
        String names = tests.stream().sorted().limit(MOST_TESTS).collect(Collectors.joining(" + "));
        String more = count > MOST_TESTS ? " and more" : "";
        String all = "test: " + names + more;
        return all.length() > LONGEST ? all.substring(0, LONGEST) : all;
    }
}
