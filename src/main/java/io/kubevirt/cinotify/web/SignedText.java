// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A text that the board wrote for one purpose, and that counts until an instant: the value of a cookie. */
final class SignedText {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int PARTS = 3;
    private static final String END = "[0-9]{1,12}";

    private SignedText() {}

    /** The text with its end and signature, in characters that a cookie may have. */
    static String write(String text, String purpose, Instant end, String key) {
        String encoded = encode(text.getBytes(StandardCharsets.UTF_8));
        String seconds = Long.toString(end.getEpochSecond());
        return encoded + "." + seconds + "." + encode(signature(key, purpose, encoded, seconds));
    }

    /**
     * The text; empty if it has ended, has another purpose, or is signed with none of the keys.
     *
     * @param keys several while they are rotated
     */
    static Optional<String> read(String signed, String purpose, Instant now, List<String> keys) {
        String[] parts = signed.split("\\.", -1);
        if (parts.length != PARTS || !parts[1].matches(END) || Long.parseLong(parts[1]) <= now.getEpochSecond()) {
            return Optional.empty();
        }
        boolean isOurs = keys.stream()
                .anyMatch(key -> MessageDigest.isEqual(
                        encode(signature(key, purpose, parts[0], parts[1])).getBytes(StandardCharsets.UTF_8),
                        parts[2].getBytes(StandardCharsets.UTF_8)));
        return isOurs
                ? Optional.of(new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8))
                : Optional.empty();
    }

    static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** @param parts of which none has a line break */
    static byte[] signature(String key, String... parts) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return mac.doFinal(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + ALGORITHM, e);
        }
    }
}
