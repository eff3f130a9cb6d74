// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.yaml;

import static org.assertj.core.api.Assertions.fail;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parsing any text results in a document or in {@link InvalidConfigException}. */
class YamlGarbageTest {

    private static final long SEED = 20260820;
    private static final int ROUNDS = 20_000;
    private static final String ALPHABET = "ab01 \n\n\t:-,[]{}&*!|>'\"%@`#?~<.\\x\u0000\u2028\ud83d\ufeff";
    private static final String DOCUMENT = """
        %YAML 1.2
        ---
        base: &base {a: 1, b: [x, "y\\u0041", 'z']}
        job:
          <<: *base
          text: |
            several
            lines
          other: !!str 7
        """;

    @Test
    void randomTextNeverBreaksTheReader() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            read(text.toString(), round);
        }
    }

    @Test
    void mutatedDocumentsNeverBreakTheReader() {
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(DOCUMENT);
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(text.length());
                char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
                switch (random.nextInt(3)) {
                    case 0 -> text.setCharAt(at, c);
                    case 1 -> text.insert(at, c);
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(8)));
                }
            }
            read(text.toString(), round);
        }
    }

    @Test
    void aHugeVersionNumberIsAProblemOfTheDocument() {
        read("%YAML 99999999999999999999.1\n---\na: 1\n", 0);
    }

    @SuppressWarnings("EmptyCatch")
    private static void read(String text, int round) {
        try {
            YamlDocument.parse("garbage", text);
        } catch (InvalidConfigException expected) {
            // Not YAML.
        } catch (Throwable e) {
            fail("seed %d, round %d, text <%s>".formatted(SEED, round, text), e);
        }
    }
}
