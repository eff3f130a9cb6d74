// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Validates the signature of a body (prow-contract §2): HMAC-SHA256 only, compared in constant time with every
 * applicable key.
 *
 * <p>With one key for everything, the body is parsed only after its signature is valid. With per-repository keys, the
 * repository must be read first; {@link PayloadRepository} limits what that can cost.
 */
public final class SignatureValidator {
    private static final String PREFIX = "sha256=";

    private final Supplier<HmacSecrets> secrets;

    /** {@code secrets} is called for each body, so that a rotated key takes effect at once. */
    public SignatureValidator(Supplier<HmacSecrets> secrets) {
        this.secrets = secrets;
    }

    /** {@code header} is the value of {@code X-Hub-Signature-256}. */
    public Result validate(byte[] body, String header) {
        if (!header.startsWith(PREFIX)) {
            return Result.NOT_SHA256;
        }
        byte[] signature;
        try {
            signature = HexFormat.of().parseHex(header, PREFIX.length(), header.length());
        } catch (IllegalArgumentException e) {
            return Result.NOT_HEX;
        }
        HmacSecrets current = secrets.get();
        return current.dependOnRepository()
                ? validateByRepository(current, body, signature)
                : validateBySharedKey(current, body, signature);
    }

    private static Result validateByRepository(HmacSecrets secrets, byte[] body, byte[] signature) {
        try {
            return compare(secrets.keysFor(PayloadRepository.extract(body)), body, signature);
        } catch (IOException e) {
            return Result.NOT_AN_OBJECT;
        }
    }

    private static Result validateBySharedKey(HmacSecrets secrets, byte[] body, byte[] signature) {
        Result result = compare(secrets.keysFor(""), body, signature);
        if (result != Result.VALID) {
            return result;
        }
        try {
            PayloadRepository.extract(body);
            return Result.VALID;
        } catch (IOException e) {
            return Result.NOT_AN_OBJECT;
        }
    }

    private static Result compare(List<HmacSecrets.Key> keys, byte[] body, byte[] signature) {
        if (keys.isEmpty()) {
            return Result.NO_KEY;
        }
        boolean matches = false;
        for (HmacSecrets.Key key : keys) {
            // No early exit: the response time must not reveal which key of a rotation is in use.
            matches |= key.signed(body, signature);
        }
        return matches ? Result.VALID : Result.NO_MATCH;
    }

    /** The result, with the reason that is sent to the client (prow-contract §2, row 7). */
    public enum Result {
        /** A configured key signed exactly this body. */
        VALID("valid"),
        /** The header does not begin with {@code sha256=}, for example because it is a SHA-1 signature. */
        NOT_SHA256("invalid signature: it does not begin with sha256="),
        NOT_HEX("invalid signature: it is not hexadecimal"),
        /** The body is not one JSON object, or exceeds the limits of the parser. */
        NOT_AN_OBJECT("invalid payload: it is not a JSON object"),
        /** No key is configured for this repository or organization. */
        NO_KEY("no webhook secret is configured for this repository or organization"),
        /** No key matches. */
        NO_MATCH("invalid signature");

        private final String reason;

        Result(String reason) {
            this.reason = reason;
        }

        /** Contains nothing of the request or the secret. */
        public String reason() {
            return reason;
        }
    }
}
