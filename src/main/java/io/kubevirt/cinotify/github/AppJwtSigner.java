// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.github;

import io.kubevirt.cinotify.http.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** Signs JWTs with the private key of a GitHub App. */
final class AppJwtSigner {
    /** GitHub allows ten minutes at most; clocks may differ. */
    private static final Duration VALID = Duration.ofMinutes(9);

    private static final Duration CLOCK_DRIFT = Duration.ofMinutes(1);

    /** Turns a PKCS#1 key into PKCS#8: version 0 and the RSA algorithm. */
    private static final byte[] RSA = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;

    private final String appId;
    private final Path file;

    AppJwtSigner(String appId, Path file) {
        this.appId = appId;
        this.file = file;
    }

    /** Creates a JWT. The file is read each time, so a new key takes effect at once. */
    String createJwt(Instant now) throws GitHubException {
        try {
            String claims = "{\"iat\":" + now.minus(CLOCK_DRIFT).getEpochSecond() + ",\"exp\":"
                    + now.plus(VALID).getEpochSecond() + ",\"iss\":\"" + appId + "\"}";
            String content = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8)) + "."
                    + encoded(claims.getBytes(StandardCharsets.UTF_8));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(read());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encoded(signature.sign());
        } catch (IOException e) {
            throw unusable("cannot be read");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw unusable("is not an RSA private key in PEM");
        }
    }

    private GitHubException unusable(String what) {
        return GitHubException.retryLaterServiceWide(
                CLOCK_DRIFT,
                "the private key of the GitHub App, " + file + ", " + what
                        + "; mount the key there, or set --github-app-private-key-path");
    }

    private PrivateKey read() throws IOException, GeneralSecurityException {
        String pem = Files.readString(file);
        Secrets.addContent(pem);
        StringBuilder base64 = new StringBuilder();
        pem.lines().filter(line -> !line.startsWith("-----")).forEach(line -> base64.append(line.strip()));
        byte[] key = Base64.getDecoder().decode(base64.toString());
        byte[] pkcs8 = pem.contains("BEGIN RSA PRIVATE KEY") ? wrapped(key) : key;
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    private static byte[] wrapped(byte[] pkcs1) throws IOException {
        ByteArrayOutputStream inside = new ByteArrayOutputStream();
        inside.write(RSA);
        inside.write(element(OCTETS, pkcs1));
        return element(SEQUENCE, inside.toByteArray());
    }

    /** A DER element with a length of two bytes, which fits every useful key size. */
    private static byte[] element(int tag, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        out.write(0x82);
        out.write(content.length >> 8);
        out.write(content.length);
        out.write(content);
        return out.toByteArray();
    }

    private static String encoded(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }
}
