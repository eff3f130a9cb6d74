// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** Proves that a form comes from a page that the board made for this person; valid for one to two days. */
final class FormToken {
    private static final long DAY = Duration.ofDays(1).toSeconds();
    private static final int LENGTH = 18;

    private FormToken() {}

    /** @param subject what the form is about: the id of an incident, or the path that ends a session */
    static String of(String secret, String handle, String subject, Instant now) {
        return sign(secret, handle, subject, now.getEpochSecond() / DAY);
    }

    static boolean isValid(String token, String secret, String handle, String subject, Instant now) {
        long day = now.getEpochSecond() / DAY;
        return isEqual(token, sign(secret, handle, subject, day))
                || isEqual(token, sign(secret, handle, subject, day - 1));
    }

    private static boolean isEqual(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String sign(String secret, String handle, String subject, long day) {
        byte[] signature = SignedText.signature(secret, "form", handle, subject, Long.toString(day));
        return SignedText.encode(Arrays.copyOf(signature, LENGTH));
    }
}
