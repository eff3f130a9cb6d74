// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kubevirt.cinotify.prow.RunUrl.RepositoryReading;
import io.kubevirt.cinotify.prow.RunUrlParseResult.RunUrlRejection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunUrlReaderTest {

    static final String PAGE = "https://prow.example.org/view/gs/artifacts/";

    private static final RunUrl LOGS = new RunUrl(
            new RunDirectory(Bucket.parse("artifacts"), "logs/job/77"),
            null,
            null,
            RepositoryReading.ABSENT,
            null,
            "job",
            "77");

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
        RunUrl found = reader.read(PAGE + directory).found().orElseThrow();

        assertThat(found.type()).isEqualTo(type);
        assertThat(found.repository()).isEqualTo(repository == null ? null : Repository.of(repository));
        assertThat(found.pull()).isEqualTo(pull);
        assertThat(found.job() + " " + found.buildId()).isEqualTo("job 77");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://prow.example.org/view/gs/artifacts/logs/job/77",
                "https://prow.example.org/view/gs/artifacts/logs/job/77/",
                "https://prow.example.org//view/gs/artifacts/logs/job/77",
                "https://prow.example.org/view/gcs/artifacts/logs/job/77",
                "https://PROW.example.org/view/gs/artifacts/logs/job/77",
                "http://localhost:8080/view/gs/artifacts/logs/job/77",
                "https://prow.example.org/x/view/gs/artifacts/logs/job/77",
                "https://prow.example.org/view/gs//artifacts/logs//job/77",
                "https://prow.example.org/view/gs/gs/artifacts/logs/job/77",
                "https://prow.example.org/view/artifacts/logs/job/77",
                "https://prow.example.org/view/gs/artifacts/logs/job/77?a=b",
                "https://prow.example.org/view/gs/artifacts/logs/job/77#1:build-log.txt%3A512",
                "https://prow.example.org/view/gs/artifacts/logs/job/%377"
            })
    void oldAndOddFormsMeanTheSame(String address) {
        assertThat(reader.read(address).found()).contains(LOGS);
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
        https://prow.example.org/view/gs/artifacts/logs/a%5cb/77     | ESCAPES
        https://prow.example.org/view/gs/artifacts/logs/a%00b/77     | ESCAPES
        https://prow.example.org/view/gs/artifacts/logs/a%2/77       | ESCAPES
        https://prow.example.org/view/gs/artifacts/logs/a[b/77       | CHARACTERS
        https://prow.example.org/view/gs/artifacts/logs/a/77#<b>     | CHARACTERS
        https://prow.example.org/view/gs/artifacts/logs/a%252eb/77   | LAYOUT
        https://prow.example.org/view/prowjob/job/latest             | BUILD
        https://prow.example.org\\view/gs/artifacts/logs/job/77      | ESCAPES
        https://prow.example.org/view/gs/artifacts/logs/job name/77  | CHARACTERS
        https://prow.example.org/view/gs/artifacts/logs/jöb/77       | CHARACTERS
        https://prow.example.org/view/gs/artifacts/logs/job/latest   | BUILD
        https://prow.example.org/view/gs/artifacts/logs/job/-7       | BUILD
        https://prow.example.org/view/gs/artifacts/logs/job/123456789012345678901 | BUILD
        https://prow.example.org/                                    | LAYOUT
        https://prow.example.org                                     | LAYOUT
        https://prow.example.org/pr?query=x                          | LAYOUT
        https://prow.example.org/log/gs/artifacts/logs/job/77        | LAYOUT
        https://prow.example.org/view/s3/artifacts/logs/job/77       | BUCKET
        https://prow.example.org/view/gs/artifacts/other/job/77      | LAYOUT
        https://prow.example.org/view/gs/artifacts/logs/a/b/job/77   | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_repo/0/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_repo/x/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_repo/9999999999/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/_repo/1/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_/1/job/77 | LAYOUT
        https://prow.example.org/view/gs/artifacts/pr-logs/pull/org_./1/job/77 | LAYOUT
        """)
    void aUrlThatIsNoRunOfATrustedHostIsRejectedWithAReason(String address, RunUrlRejection reason) {
        assertThat(reader.read(address))
                .isInstanceOfSatisfying(RunUrlParseResult.Rejected.class, rejected -> assertThat(rejected.reason())
                        .isEqualTo(reason));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "\u2001")
    void anEmptyUrlIsNoRun(String address) {
        assertThat(reader.read(address)).extracting("reason").isEqualTo(RunUrlRejection.EMPTY);
    }

    @Test
    void controlCharactersAndLongUrlsAreRejected() {
        assertThat(reader.read(PAGE + "logs/job/77\n")).extracting("reason").isEqualTo(RunUrlRejection.CHARACTERS);
        assertThat(reader.read(PAGE + "logs/j\0b/77")).extracting("reason").isEqualTo(RunUrlRejection.CHARACTERS);
        assertThat(reader.read(PAGE + "logs/" + "j".repeat(10_000) + "/77"))
                .extracting("reason")
                .isEqualTo(RunUrlRejection.TOO_LONG);
        assertThat(reader.read(PAGE + "logs/" + "j".repeat(300) + "/77"))
                .extracting("reason")
                .isEqualTo(RunUrlRejection.LAYOUT);
    }

    @Test
    void withoutTrustedHostsEveryUrlIsRejected() {
        RunUrlReader strict = new RunUrlReader(TrustedHosts.of(List.of(), List.of()));
        assertThat(strict.read(PAGE + "logs/job/77")).extracting("reason").isEqualTo(RunUrlRejection.HOST);
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
    @ValueSource(strings = {"", "gs://", "a b", "..", "a/../b", "S 3://b", "/a"})
    void aTrustedBucketMustBeAValidName(String bucket) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedHosts.of(List.of(), List.of(bucket)))
                .withMessageContaining("is not a bucket: write it as");
    }
}
