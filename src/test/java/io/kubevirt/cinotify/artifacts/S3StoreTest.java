// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.CapturedLog;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import io.kubevirt.cinotify.fixture.S3SignatureCheck;
import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.prow.RunDirectory;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class S3StoreTest {

    private static final String KEY = "AKIAIOSFODNN7EXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2013-05-24T00:00:00Z"));
    private static final RunDirectory RUN =
            new RunDirectory(Bucket.parse("s3://" + FakeArtifactStore.BUCKET), EvidenceFixture.RUN.path());

    @TempDir
    private Path folder;

    private S3Store store(String bucket, StoreConfig config) {
        String file = config.credentialsFile();
        return new S3Store(
                config, Bucket.parse(bucket), file == null ? null : new SecretFile(folder.resolve(file)), CLOCK);
    }

    private static StoreConfig config(@Nullable String endpoint, @Nullable Boolean pathStyle, @Nullable String file) {
        return new StoreConfig("s3://artifacts", endpoint, null, pathStyle, file, null);
    }

    private void secret(String content) throws IOException {
        Files.writeString(folder.resolve("service-account.json"), content);
    }

    private void keys(String accessKey, String secretKey, String more) throws IOException {
        secret("{\"access_key\":\"%s\",\"secret_key\":\"%s\",\"region\":\"us-east-1\"%s}"
                .formatted(accessKey, secretKey, more));
    }

    /** The examples of Amazon S3 API Reference, "Authorization Header: Transferring Payload in a Single Chunk". */
    @ParameterizedTest
    @CsvSource({
        "/test.txt, bytes=0-9, f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        "?max-keys=2&prefix=J, , 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void signaturesAreThoseOfAmazonsExamples(String rest, @Nullable String range, String signature) throws IOException {
        keys(KEY, SECRET, "");

        HttpRequest request = store(
                        "s3://examplebucket", config("https://s3.amazonaws.com:443", false, "service-account.json"))
                .get(rest, range)
                .build();

        assertThat(request.uri()).hasToString("https://examplebucket.s3.amazonaws.com" + rest);
        assertThat(request.headers().firstValue("Authorization"))
                .hasValue("AWS4-HMAC-SHA256 Credential=" + KEY
                        + "/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;" + (range == null ? "" : "range;")
                        + "x-amz-content-sha256;x-amz-date, Signature=" + signature);
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://artifacts.s3.us-east-1.amazonaws.com/key",
        "',\"endpoint\":\"https://minio.example.org\"', https://artifacts.minio.example.org/key",
        "',\"endpoint\":\"minio:9000\",\"insecure\":true,\"s3_force_path_style\":true', http://minio:9000/artifacts/key",
        "',\"endpoint\":\"minio\",\"s3_force_path_style\":true', https://minio/artifacts/key"
    })
    void theFileOfProwNamesTheStore(String more, String address) throws IOException {
        keys(KEY, SECRET, more);

        assertThat(store("s3://artifacts", config(null, null, "service-account.json"))
                        .get("/key", null)
                        .build()
                        .uri())
                .hasToString(address);
    }

    @Test
    void aTokenOfASessionIsSent() throws IOException {
        keys(KEY, SECRET, ",\"session_token\":\"the-token\"");

        assertThat(store("s3://artifacts", config(null, null, "service-account.json"))
                        .get("/key", null)
                        .build()
                        .headers()
                        .firstValue("X-Amz-Security-Token"))
                .hasValue("the-token");
    }

    @Test
    void aBucketMayBePublic() throws IOException {
        HttpRequest request = store("s3://artifacts", config("https://s3.example.org", null, null))
                .get("/key", null)
                .build();

        assertThat(request.uri()).hasToString("https://s3.example.org/artifacts/key");
        assertThat(request.headers().map()).isEmpty();
    }

    /** From a secret that is missing, to one that is wrong, to the right one; without a restart. */
    @Test
    void aRunIsReadOnceTheCredentialsAreRight() throws IOException {
        try (FakeArtifactStore fake = new FakeArtifactStore();
                EvidenceReader reader = EvidenceFixture.reader(EvidenceFixture.LONG_TIMEOUT);
                CapturedLog log = CapturedLog.of(ObjectStore.class)) {
            fake.add(RUN.path(), ArtifactTree.TESTS.tree());
            fake.add(
                    RUN.path() + "/artifacts/junit ä+b~*(1).xml",
                    EvidenceFixture.bytes("<testsuite><testcase name='x'><failure>x</failure></testcase></testsuite>"));
            fake.authorize(new S3SignatureCheck(KEY, SECRET, "us-east-1"));
            ObjectStore store = store("s3://artifacts", config(fake.address(), true, "service-account.json"));

            Evidence without = reader.read(store, RUN);
            reader.read(store, RUN);
            secret("{\"access_key\":\"" + KEY);
            reader.read(store, RUN);
            secret("{}");
            reader.read(store, RUN);
            keys("AKIAOTHER", SECRET, "");
            Evidence wrong = reader.read(store, RUN);
            keys(KEY, "another secret", "");
            reader.read(store, RUN);
            keys(KEY, SECRET, "");
            Evidence right = reader.read(store, RUN);

            assertThat(List.of(without, wrong)).allSatisfy(evidence -> {
                assertThat(evidence.isEmpty()).isTrue();
                assertThat(evidence.isUnreachable()).as("read again later").isTrue();
                assertThat(evidence.retryAfter()).isEqualTo(SecretFile.OPERATOR_RETRY_DELAY);
            });
            assertThat(right.unread()).isEmpty();
            assertThat(right.tests().failedCount()).isEqualTo(4);
            assertThat(log.lines())
                    .hasSize(6)
                    .allSatisfy(line ->
                            assertThat(line).contains("s3://artifacts").doesNotContain(KEY, SECRET, "another secret"))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("service-account.json cannot be read"),
                            line -> assertThat(line).contains("is invalid JSON at line 1"),
                            line -> assertThat(line).contains("has no access_key and secret_key: add them"),
                            line -> assertThat(line).contains("the store refuses the credentials (InvalidAccessKeyId)"),
                            line -> assertThat(line)
                                    .contains("the store refuses the credentials (SignatureDoesNotMatch)"),
                            line -> assertThat(line).contains("are read again"));
        }
    }
}
