// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets are known from the beginning to the end of a test class. */
class ForgetSecretsTest {
    /** Stands for a class that ran before: fields with extensions are read before any callback. */
    @RegisterExtension
    static final Extension EARLIER = readSecret("secret-of-another-class");

    private static Extension readSecret(String secret) {
        Secrets.add(secret);
        return new Extension() {};
    }

    @BeforeAll
    static void readSecret() {
        Secrets.add("secret-of-this-class");
    }

    @Test
    void theSecretsOfOtherClassesAreForgotten() {
        assertThat(Secrets.censor("secret-of-another-class")).isEqualTo("secret-of-another-class");
    }

    @Nested
    class Within {
        @Test
        void theSecretsOfTheClassAreKnown() {
            assertThat(Secrets.censor("secret-of-this-class")).isEqualTo("[secret]");
        }
    }
}
