// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kubevirt.cinotify.prow.RunUrlParseResult.RunUrlRejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunUrlReaderTest {

    static final String PAGE = "https://prow.example.org/view/gs/artifacts/";

    private final RunUrlReader reader = new RunUrlReader(
            TrustedHosts.of(List.of("Prow.example.org", "http://localhost:8080"), List.of("artifacts")));

    @ParameterizedTest
    @CsvSource({
        "pr-logs/pull/org_repo/42/job/77, PRESUBMIT, org/repo, 42",
        "pr-logs/pull/my-org_a_b.c/1/job/77, PRESUBMIT, my-org/a_b.c, 1",
        "pr-logs/pull/batch/job/77, BATCH, , ",
        "pr-logs/pull/org_repo/batch/job/77, BATCH, org/repo, ",
        "logs/job/77, , , ",
        "logs/org_repo/job/77, POSTSUBMIT, org/repo, "
    })
    void everyLayoutIsRead(String directory, JobType type, String repository, Integer pull) {
        RunUrl expected =
                new RunUrl("artifacts", type, repository == null ? null : Repository.of(repository), pull, "job", "77");
        assertThat(reader.read(PAGE + directory).found()).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://prow.example.org/view/gs/artifacts/logs/job/77",
                "https://prow.example.org/view/gs/artifacts/logs/job/77/",
                "https://prow.example.org//view/gs/artifacts/logs/job/77",
                "https://prow.example.org/view/gcs/artifacts/logs/job/77",
                "https://PROW.example.org/view/gs/artifacts/logs/job/77",
                "http://localhost:8080/view/gs/artifacts/logs/job/77"
            })
    void oldAndOddFormsMeanTheSame(String address) {
        assertThat(reader.read(address).found()).contains(new RunUrl("artifacts", null, null, null, "job", "77"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ''                                                           | EMPTY
        '  '                                                         | EMPTY
        https://evil.example.org/view/gs/artifacts/logs/job/77       | HOST
        https://prow.example.org.evil.org/view/gs/artifacts/logs/j/7 | HOST
        https://prow.example.org./view/gs/artifacts/logs/job/77      | HOST
        https:///view/gs/artifacts/logs/job/77                       | HOST
        https://                                                     | HOST
        https://[::1]/view/gs/artifacts/logs/job/77                  | HOST
        https://prow.example.org:8443/view/gs/artifacts/logs/job/77  | PORT
        https://prow.example.org:/view/gs/artifacts/logs/job/77      | PORT
        http://localhost/view/gs/artifacts/logs/job/77               | PORT
        http://prow.example.org/view/gs/artifacts/logs/job/77        | SCHEME
        https://localhost:8080/view/gs/artifacts/logs/job/77         | SCHEME
        ftp://prow.example.org/view/gs/artifacts/logs/job/77         | SCHEME
        //prow.example.org/view/gs/artifacts/logs/job/77             | SCHEME
        javascript:alert(1)                                          | SCHEME
        https://prow.example.org@evil.org/view/gs/artifacts/logs/j/7 | USER_INFO
        https://u:p@prow.example.org/view/gs/artifacts/logs/job/77   | USER_INFO
        https://prow.example.org/view/gs/other/logs/job/77           | BUCKET
        https://prow.example.org/view/gs/artifacts/logs/../../77     | DOT_SEGMENT
        https://prow.example.org/view/gs/artifacts/logs/./job/77     | DOT_SEGMENT
        https://prow.example.org/view/gs/artifacts/logs/%2e%2e/77    | ESCAPES
        https://prow.example.org/view/gs/artifacts/logs%2fjob/77     | ESCAPES
        https://prow.example.org\\view/gs/artifacts/logs/job/77      | ESCAPES
        https://prow.example.org/view/gs/artifacts/logs/job/77?a=b   | QUERY
        https://prow.example.org/view/gs/artifacts/logs/job/77#a     | QUERY
        https://prow.example.org/view/gs/artifacts/logs/job name/77  | CHARACTERS
        https://prow.example.org/view/gs/artifacts/logs/jöb/77       | CHARACTERS
        https://prow.example.org/view/gs/artifacts/logs/job/latest   | BUILD
        https://prow.example.org/view/gs/artifacts/logs/job/-7       | BUILD
        https://prow.example.org/view/gs/artifacts/logs/job/123456789012345678901 | BUILD
        https://prow.example.org/                                    | LAYOUT
        https://prow.example.org                                     | LAYOUT
        https://prow.example.org/pr?query=x                          | QUERY
        https://prow.example.org/log/gs/artifacts/logs/job/77        | LAYOUT
        https://prow.example.org/view/s3/artifacts/logs/job/77       | LAYOUT
        https://prow.example.org/x/view/gs/artifacts/logs/job/77     | LAYOUT
        https://prow.example.org/view/gs//artifacts/logs/job/77      | LAYOUT
        https://prow.example.org/view/gs/artifacts/logs//job/77      | LAYOUT
        https://prow.example.org/view/gs/artifacts/other/job/77      | LAYOUT
        https://prow.example.org/view/gs/artifacts/logs/a/b/job/77   | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_repo/0/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_repo/x/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_repo/9999999999/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/_repo/1/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_/1/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_./1/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/repo/1/job/77 | LAYOUT
        """)
    void aUrlThatIsNoRunOfATrustedHostIsRejectedWithAReason(String address, RunUrlRejection reason) {
        assertThat(reader.read(address)).isEqualTo(new RunUrlParseResult.Rejected(reason));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "\u2001")
    void anEmptyUrlIsNoRun(String address) {
        assertThat(reader.read(address)).isEqualTo(new RunUrlParseResult.Rejected(RunUrlRejection.EMPTY));
    }

    @Test
    void controlCharactersAndLongUrlsAreRejected() {
        assertThat(reader.read(PAGE + "logs/job/77\n"))
                .isEqualTo(new RunUrlParseResult.Rejected(RunUrlRejection.CHARACTERS));
        assertThat(reader.read(PAGE + "logs/j\0b/77"))
                .isEqualTo(new RunUrlParseResult.Rejected(RunUrlRejection.CHARACTERS));
        assertThat(reader.read(PAGE + "logs/" + "j".repeat(10_000) + "/77"))
                .isEqualTo(new RunUrlParseResult.Rejected(RunUrlRejection.TOO_LONG));
        assertThat(reader.read(PAGE + "logs/" + "j".repeat(300) + "/77"))
                .isEqualTo(new RunUrlParseResult.Rejected(RunUrlRejection.LAYOUT));
    }

    @Test
    void withoutTrustedHostsEveryUrlIsRejected() {
        RunUrlReader strict = new RunUrlReader(TrustedHosts.of(List.of(), List.of()));
        assertThat(strict.read(PAGE + "logs/job/77")).isEqualTo(new RunUrlParseResult.Rejected(RunUrlRejection.HOST));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "prow.example.org/", "https://prow.example.org/view", "u@h", "a b", "*.example.org", "h:x"})
    void aTrustedHostMustBeAValidHost(String host) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedHosts.of(List.of(host), List.of()))
                .withMessageContaining("is not a host: write it as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "gs://artifacts", "a/b", ".."})
    void aTrustedBucketMustBeAValidName(String bucket) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedHosts.of(List.of(), List.of(bucket)))
                .withMessageContaining("is not the name of a bucket");
    }
}
