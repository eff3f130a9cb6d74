/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.intake.hook;

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
