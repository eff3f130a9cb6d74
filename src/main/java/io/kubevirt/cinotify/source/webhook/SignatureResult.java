// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

/** What the check of a signature found: genuine, or the reason why not, worded for the answer (prow-contract §2, row 7). */
public enum SignatureResult {
    /** One of the configured keys signed exactly this body. */
    VALID("genuine"),
    /** The header does not begin with {@code sha256=}; so does a SHA-1 signature. */
    NOT_SHA256("invalid signature: it does not begin with sha256="),
    /** What follows the prefix is no row of hexadecimal bytes. */
    NOT_HEX("invalid signature: it is not hexadecimal"),
    /** The body is not one JSON object, or is nested or numbered beyond the bounds of a sane reader. */
    NOT_AN_OBJECT("invalid payload: it is not a JSON object"),
    /** The secret file has no key for this repository or organization. */
    NO_KEY("no webhook secret is configured for this repository or organization"),
    /** None of the keys made this signature. */
    NO_MATCH("invalid signature");

    private final String reason;

    SignatureResult(String reason) {
        this.reason = reason;
    }

    /** A few words without anything from the request or the secret in them. */
    public String reason() {
        return reason;
    }
}
