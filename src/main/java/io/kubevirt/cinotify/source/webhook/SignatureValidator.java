// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Validates the signature of a body (prow-contract §2): HMAC-SHA256 only, compared in constant time with every
 * applicable key.
 *
 * <p>With one key for everything, the body is parsed only after its signature is valid. With per-repository keys, the
 * repository must be read first; {@link ScannedPayload} limits what that can cost.
 */
public final class SignatureValidator {
    private static final String PREFIX = "sha256=";
    /** With more keys in the file, those of the repository are used when the body is complete. */
    private static final int MAX_KEYS_WHILE_ARRIVING = 4;

    private final Supplier<HmacSecrets> secrets;
    private final Supplier<HmacSecrets> latest;

    /** {@code secrets} is called for each body. */
    public SignatureValidator(Supplier<HmacSecrets> secrets) {
        this(secrets, secrets);
    }

    /** Looks at the file of the keys before it refuses a signature: hook does not send a refused webhook again. */
    public SignatureValidator(HmacSecretAgent secrets) {
        this(secrets, secrets::latest);
    }

    SignatureValidator(Supplier<HmacSecrets> secrets, Supplier<HmacSecrets> latest) {
        this.secrets = secrets;
        this.latest = latest;
    }

    /** Begins with a body, before its first byte. {@code header} is the value of {@code X-Hub-Signature-256}. */
    public Validation begin(String header) {
        if (!header.startsWith(PREFIX)) {
            return new Validation(Result.NOT_SHA256);
        }
        try {
            return new Validation(
                    secrets.get(), latest, HexFormat.of().parseHex(header, PREFIX.length(), header.length()));
        } catch (IllegalArgumentException e) {
            return new Validation(Result.NOT_HEX);
        }
    }

    /** The validation of one body, whose digests are computed while its bytes arrive. Not thread-safe. */
    public static final class Validation {
        private final HmacSecrets secrets;
        private final Supplier<HmacSecrets> latest;
        private final byte[] signature;
        private final Map<HmacSecrets.Key, Mac> digests = new LinkedHashMap<>();
        private @Nullable ScannedPayload payload;
        /** With the keys that were known at the begin; null until the body is complete. */
        private @Nullable Result first;

        private Validation(Result refusal) {
            this.first = refusal;
            this.secrets = HmacSecrets.NONE;
            this.latest = () -> secrets;
            this.signature = new byte[0];
        }

        private Validation(HmacSecrets secrets, Supplier<HmacSecrets> latest, byte[] signature) {
            this.secrets = secrets;
            this.latest = latest;
            this.signature = signature;
            Set<HmacSecrets.Key> keys = secrets.all();
            if (keys.size() <= MAX_KEYS_WHILE_ARRIVING) {
                keys.forEach(key -> digests.put(key, key.mac()));
            }
        }

        /** Takes the next bytes. */
        public void update(byte[] bytes, int from, int length) {
            digests.values().forEach(digest -> digest.update(bytes, from, length));
        }

        /**
         * Ends with the whole body, all of which was passed to {@link #update}. Keeps the fields of its payload. Blocks if
         * the body {@link #needsLatestKeys}.
         */
        public Result end(byte[] body, Set<String> fields) {
            Result result = first(body, fields);
            if (!needsLatestKeys(body, fields)) {
                return result;
            }
            HmacSecrets newer = latest.get();
            return newer == secrets ? result : end(newer, body, fields);
        }

        /** Whether no known key matches the whole body, so that only a look at the file of the keys can decide. */
        boolean needsLatestKeys(byte[] body, Set<String> fields) {
            Result result = first(body, fields);
            return result == Result.NO_MATCH || result == Result.NO_KEY;
        }

        private Result first(byte[] body, Set<String> fields) {
            Result result = first == null ? end(secrets, body, fields) : first;
            first = result;
            return result;
        }

        private Result end(HmacSecrets keys, byte[] body, Set<String> fields) {
            boolean late = keys.dependOnRepository();
            Result result = late ? Result.VALID : compare(keys.keysFor(""), body);
            if (result == Result.VALID) {
                try {
                    payload = ScannedPayload.read(body, fields);
                    result = late ? compare(keys.keysFor(payload.repository()), body) : result;
                } catch (IOException e) {
                    result = Result.NOT_AN_OBJECT;
                }
            }
            return result;
        }

        /** The payload of a body whose signature is valid. */
        ScannedPayload payload() {
            if (payload == null) {
                throw new IllegalStateException("the signature is not valid");
            }
            return payload;
        }

        private Result compare(List<HmacSecrets.Key> keys, byte[] body) {
            if (keys.isEmpty()) {
                return Result.NO_KEY;
            }
            boolean matches = false;
            for (HmacSecrets.Key key : keys) {
                Mac arrived = digests.remove(key);
                byte[] digest = arrived == null ? key.mac().doFinal(body) : arrived.doFinal();
                // No early exit: the response time must not reveal which key of a rotation is in use.
                matches |= MessageDigest.isEqual(digest, signature);
            }
            return matches ? Result.VALID : Result.NO_MATCH;
        }
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
