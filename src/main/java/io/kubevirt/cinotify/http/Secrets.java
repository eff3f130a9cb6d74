// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The secrets that this process has read, each also percent-encoded, as JSON and within Base64, to censor them in text:
 * servers may echo the token of a request in an error, and libraries may quote it in an exception. Whoever reads a secret
 * adds it before its first use; a rotated one stays secret. The least recently read of too many is forgotten.
 */
public final class Secrets {
    private static final String REPLACEMENT = "[secret]";
    /** A shorter value is no secret, and replacing it would garble every line. */
    private static final int MIN_LENGTH = 6;
    /** Lines of keys and certificates are longer than this; field names and dates are not. */
    private static final int MIN_LINE_LENGTH = 32;

    private static final int MOST = 300;
    private static final int BASE64_GROUP = 3;
    private static final int BASE64_BITS = 6;
    private static final Secrets KNOWN = new Secrets();

    private final Map<String, Set<String>> forms = new LinkedHashMap<>(16, 0.75f, true);
    private volatile List<String> longestFirst = List.of();

    private Secrets() {}

    /** Adds one token, password or key; returns it. */
    public static String add(String secret) {
        if (secret.length() >= MIN_LENGTH) {
            KNOWN.put(secret, true);
        }
        return secret;
    }

    /** Adds the content of a file: one secret, or a key or document of several lines, each of which is one. */
    public static void addContent(String content) {
        List<String> lines = content.lines().map(String::strip).toList();
        if (lines.size() == 1) {
            add(lines.getFirst());
            return;
        }
        lines.stream()
                .filter(line -> line.length() >= MIN_LINE_LENGTH && !line.startsWith("-----"))
                .forEach(line -> KNOWN.put(line, false));
    }

    /** The text without the secrets. */
    public static String censor(String text) {
        String censored = text;
        for (String form : KNOWN.longestFirst) {
            censored = censored.replace(form, REPLACEMENT);
        }
        return censored;
    }

    /** Tests of one process do not see the secrets of each other. */
    static void forgetAll() {
        KNOWN.clear();
    }

    private synchronized void clear() {
        forms.clear();
        longestFirst = List.of();
    }

    private synchronized void put(String secret, boolean encoded) {
        if (forms.get(secret) == null) {
            forms.put(secret, encoded ? formsOf(secret) : Set.of(secret));
            if (forms.size() > MOST) {
                forms.remove(forms.keySet().iterator().next());
            }
            longestFirst = forms.values().stream()
                    .flatMap(Collection::stream)
                    .distinct()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .toList();
        }
    }

    private static Set<String> formsOf(String secret) {
        Set<String> found = new TreeSet<>();
        found.add(secret);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        found.add(encoded);
        found.add(encoded.replace("+", "%20"));
        found.add(String.valueOf(JsonStringEncoder.getInstance().quoteAsString(secret)));
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < BASE64_GROUP; before++) {
            addBase64(bytes, before, found);
        }
        return found;
    }

    /** What Base64 always contains of a text that has the secret after some other bytes, such as the user of Basic. */
    private static void addBase64(byte[] secret, int before, Set<String> found) {
        byte[] padded = new byte[before + secret.length];
        System.arraycopy(secret, 0, padded, before, secret.length);
        int from = (before * Byte.SIZE + BASE64_BITS - 1) / BASE64_BITS;
        int to = padded.length * Byte.SIZE / BASE64_BITS;
        for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
            byte[] encoded = encoder.encode(padded);
            // In the middle of a text, and at its end, where the last character and the padding depend on nothing else.
            for (int end : new int[] {to, encoded.length}) {
                if (end - from >= MIN_LENGTH) {
                    found.add(new String(Arrays.copyOfRange(encoded, from, end), StandardCharsets.US_ASCII));
                }
            }
        }
    }
}
