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

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells whether GitHub signed a body, by its raw bytes (prow-contract §2): HMAC-SHA256 only, compared in constant time
 * with every key of the level that applies.
 *
 * <p>With one key for everything, the body is not looked into before the signature has been found right. Keys per
 * repository make it necessary to find the repository first; see {@link SenderName} for how that is kept harmless.
 */
public final class SignatureCheck {

    private static final String PREFIX = "sha256=";

    private final Supplier<HmacSecrets> secrets;

    /** @param secrets asked once per body, so that a rotated key takes effect at once */
    public SignatureCheck(Supplier<HmacSecrets> secrets) {
        this.secrets = secrets;
    }

    /** @param header the value of {@code X-Hub-Signature-256} */
    public Verdict judge(byte[] body, String header) {
        if (!header.startsWith(PREFIX)) {
            return Verdict.NOT_SHA256;
        }
        byte[] signature;
        try {
            signature = HexFormat.of().parseHex(header, PREFIX.length(), header.length());
        } catch (IllegalArgumentException e) {
            return Verdict.NOT_HEX;
        }
        HmacSecrets current = secrets.get();
        return current.dependOnName() ? judgeBySender(current, body, signature) : judgeByOne(current, body, signature);
    }

    private static Verdict judgeBySender(HmacSecrets secrets, byte[] body, byte[] signature) {
        try {
            return compare(secrets.keysFor(SenderName.of(body)), body, signature);
        } catch (IOException e) {
            return Verdict.NOT_AN_OBJECT;
        }
    }

    private static Verdict judgeByOne(HmacSecrets secrets, byte[] body, byte[] signature) {
        Verdict verdict = compare(secrets.keysFor(""), body, signature);
        if (verdict != Verdict.GENUINE) {
            return verdict;
        }
        try {
            SenderName.of(body);
            return Verdict.GENUINE;
        } catch (IOException e) {
            return Verdict.NOT_AN_OBJECT;
        }
    }

    private static Verdict compare(List<SigningKey> keys, byte[] body, byte[] signature) {
        if (keys.isEmpty()) {
            return Verdict.NO_KEY;
        }
        boolean genuine = false;
        for (SigningKey key : keys) {
            // No early exit: the time must not tell which key of a rotation is in use.
            genuine |= key.signed(body, signature);
        }
        return genuine ? Verdict.GENUINE : Verdict.NO_MATCH;
    }
}
