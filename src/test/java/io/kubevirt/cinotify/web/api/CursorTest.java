// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
    private static final String LIST = "runs 1e38a0c2f4";

    @Test
    void isReadAsItWasWritten() throws Exception {
        assertThat(Cursor.read(LIST, Cursor.write(LIST, "b7", 3, -5), 2))
                .isEqualTo(new Cursor.Row(List.of(3L, -5L), "b7"));
        assertThat(Cursor.read(LIST, null, 2)).isNull();
    }

    @Test
    void whatIsSealedButHasNoNumbersIsRefused() throws Exception {
        for (String content : List.of("soon\nb7", "\nb7", "99999999999999999999\nb7", "7", "7\n8\nb7")) {
            String forged = forged(content);
            assertThatExceptionOfType(RequestProblem.class)
                    .as(content)
                    .isThrownBy(() -> Cursor.read(LIST, forged, 1))
                    .withMessageContaining("not a cursor of this list");
        }
    }

    /** The seal has no secret. */
    private static String forged(String content) throws Exception {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        digest.update((LIST + "\0").getBytes(StandardCharsets.UTF_8));
        byte[] all = Arrays.copyOf(digest.digest(bytes), 9 + bytes.length);
        System.arraycopy(bytes, 0, all, 9, bytes.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }
}
