// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.webhook;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** One key shared with GitHub. It has no readable form, so that it cannot end up in a log. */
public final class SigningKey {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /** @param value at least one byte; copied */
    SigningKey(byte[] value) {
        this.key = new SecretKeySpec(value, ALGORITHM);
    }

    /** Whether this key made that HMAC-SHA256 of the body; takes equally long wherever the two differ. */
    boolean signed(byte[] body, byte[] signature) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return MessageDigest.isEqual(mac.doFinal(body), signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform must know " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "SigningKey[hidden]";
    }
}
