// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Parsing never throws, whatever the URL is, and never accepts an untrusted host or bucket. */
class RunUrlPropertyTest {

    private static final long SEED = 20260821;
    private static final int ROUNDS = 50_000;
    private static final String NAME = "abcXYZ019-._";
    private static final String HOSTILE = "abz019/:@.%\\?#[]_- \t\n\u0000\u2001ö[]viewgs";

    private int accepted;
    private final Random random = new Random(SEED);
    private final RunUrlReader reader =
            new RunUrlReader(TrustedHosts.of(List.of("prow.example.org"), List.of("artifacts")));

    @Test
    void aWrittenUrlIsParsedBack() {
        for (int round = 0; round < ROUNDS; round++) {
            RunDirectory written = any();
            assertThat(reader.read(page(written)).found())
                    .as("seed %d, round %d", SEED, round)
                    .map(RunUrl::directory)
                    .contains(written);
        }
    }

    @Test
    void mutatedUrlsAreParsedOrRejectedButNeverLeadElsewhere() {
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder address = new StringBuilder(page(any()));
            for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
                int at = random.nextInt(random.nextBoolean() ? 45 : address.length());
                switch (random.nextInt(3)) {
                    case 0 -> address.setCharAt(at, hostile());
                    case 1 -> address.insert(at, hostile());
                    default -> address.deleteCharAt(at);
                }
            }
            mustStayOnTrustedHosts(address.toString(), round);
        }
        assertThat(accepted).as("mutations that are still URLs of runs").isGreaterThan(ROUNDS / 50);
    }

    @Test
    void garbageIsRejected() {
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder address = new StringBuilder(random.nextBoolean() ? "https://" : "");
            for (int length = random.nextInt(80); length > 0; length--) {
                address.append(hostile());
            }
            mustStayOnTrustedHosts(address.toString(), round);
        }
    }

    private void mustStayOnTrustedHosts(String address, int round) {
        reader.read(address).found().ifPresent(url -> {
            accepted++;
            URI uri = URI.create(address);
            assertThat(uri.getScheme())
                    .as("seed %d, round %d: %s", SEED, round, address)
                    .isEqualTo("https");
            assertThat(uri.getRawAuthority().toLowerCase(java.util.Locale.ROOT))
                    .as("seed %d, round %d: %s", SEED, round, address)
                    .isEqualTo("prow.example.org");
            RunDirectory directory = Objects.requireNonNull(url.directory());
            assertThat(directory.bucket()).isEqualTo(Bucket.parse("artifacts"));
            assertThat(List.of(directory.path().split("/", -1))).doesNotContain("", ".", "..");
            assertThat(directory.path()).contains("logs/").doesNotContain("\\");
        });
    }

    private static String page(RunDirectory directory) {
        return "https://prow.example.org/view/gs/artifacts/" + directory.path();
    }

    private RunDirectory any() {
        Repository repository = new Repository(name(12).replace('_', '-').replace('.', '-'), name(20));
        JobType type = JobType.values()[random.nextInt(JobType.values().length)];
        JobRun run = JobRun.builder(name(60), type, JobState.FAILURE)
                .repository(repository)
                .pulls(List.of(Pull.numbered(1 + random.nextInt(999_999))))
                .build(Long.toUnsignedString(random.nextLong()), null)
                .build();
        return reader.directory(run).orElseThrow();
    }

    private String name(int longest) {
        StringBuilder name = new StringBuilder("n");
        for (int length = random.nextInt(longest); length > 0; length--) {
            name.append(NAME.charAt(random.nextInt(NAME.length())));
        }
        return name.toString();
    }

    private char hostile() {
        return HOSTILE.charAt(random.nextInt(HOSTILE.length()));
    }
}
