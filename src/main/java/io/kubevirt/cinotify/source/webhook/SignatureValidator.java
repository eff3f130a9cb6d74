// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells whether GitHub signed a body, by its raw bytes (prow-contract §2): HMAC-SHA256 only, compared in constant time
 * with every key of the level that applies.
 *
 * <p>With one key for everything, the body is not looked into before the signature has been found right. Keys per
 * repository make it necessary to find the repository first; see {@link PayloadRepository} for how that is kept harmless.
 */
public final class SignatureValidator {

    private static final String PREFIX = "sha256=";

    private final Supplier<HmacSecrets> secrets;

    /** @param secrets asked once per body, so that a rotated key takes effect at once */
    public SignatureValidator(Supplier<HmacSecrets> secrets) {
        this.secrets = secrets;
    }

    /** @param header the value of {@code X-Hub-Signature-256} */
    public SignatureResult validate(byte[] body, String header) {
        if (!header.startsWith(PREFIX)) {
            return SignatureResult.NOT_SHA256;
        }
        byte[] signature;
        try {
            signature = HexFormat.of().parseHex(header, PREFIX.length(), header.length());
        } catch (IllegalArgumentException e) {
            return SignatureResult.NOT_HEX;
        }
        HmacSecrets current = secrets.get();
        return current.dependOnRepository()
                ? validateByRepository(current, body, signature)
                : validateBySharedKey(current, body, signature);
    }

    private static SignatureResult validateByRepository(HmacSecrets secrets, byte[] body, byte[] signature) {
        try {
            return compare(secrets.keysFor(PayloadRepository.extract(body)), body, signature);
        } catch (IOException e) {
            return SignatureResult.NOT_AN_OBJECT;
        }
    }

    private static SignatureResult validateBySharedKey(HmacSecrets secrets, byte[] body, byte[] signature) {
        SignatureResult verdict = compare(secrets.keysFor(""), body, signature);
        if (verdict != SignatureResult.VALID) {
            return verdict;
        }
        try {
            PayloadRepository.extract(body);
            return SignatureResult.VALID;
        } catch (IOException e) {
            return SignatureResult.NOT_AN_OBJECT;
        }
    }

    private static SignatureResult compare(List<SigningKey> keys, byte[] body, byte[] signature) {
        if (keys.isEmpty()) {
            return SignatureResult.NO_KEY;
        }
        boolean genuine = false;
        for (SigningKey key : keys) {
            // No early exit: the time must not tell which key of a rotation is in use.
            genuine |= key.signed(body, signature);
        }
        return genuine ? SignatureResult.VALID : SignatureResult.NO_MATCH;
    }
}
