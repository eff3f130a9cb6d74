// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.prow.Bucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectStoresTest {

    private static final StoreConfig MINIO =
            new StoreConfig("s3://logs", "https://minio.example.org", null, null, null, null);

    @TempDir
    private Path folder;

    private ObjectStores stores(String endpoint, StoreConfig... entries) {
        return new ObjectStores(
                new ObjectStores.Location(new ObjectStoreEndpoint(endpoint), List.of(entries), folder),
                InstantSource.fixed(Instant.EPOCH));
    }

    private static Optional<String> address(ObjectStores stores, String bucket) throws IOException {
        Optional<ObjectStore> store = stores.of(Bucket.parse(bucket));
        return store.isEmpty()
                ? Optional.empty()
                : Optional.of(store.get().get("/key", null).build().uri().toString());
    }

    @Test
    void providerAndBucketChooseTheStore() throws IOException {
        ObjectStores google = stores(ObjectStores.GOOGLE, MINIO);

        assertThat(address(google, "logs")).hasValue("https://storage.googleapis.com/logs/key");
        assertThat(address(google, "gs://other/path")).hasValue("https://storage.googleapis.com/other/key");
        assertThat(address(google, "s3://logs")).hasValue("https://minio.example.org/logs/key");
        assertThat(address(google, "s3://other")).as("not at Google").isEmpty();
        assertThat(address(stores("https://store.example.org"), "s3://other"))
                .hasValue("https://store.example.org/other/key");
    }

    @Test
    void onlyCredentialsThatExistAreChecked() throws IOException {
        StoreConfig s3 = new StoreConfig("s3://one", null, null, null, "s3.json", null);
        StoreConfig google = new StoreConfig("gs://two", null, null, null, "gs.json", null);
        ObjectStores stores = stores(ObjectStores.GOOGLE, s3, google, MINIO);

        assertThat(stores.credentialProblems())
                .as("checked where no secret is mounted")
                .isEmpty();

        Files.writeString(folder.resolve("s3.json"), "{\"access_key\":\"a\"}");
        Files.writeString(folder.resolve("gs.json"), "[]");
        assertThat(stores.credentialProblems())
                .satisfiesExactly(
                        problem -> assertThat(problem).endsWith("s3.json has no access_key and secret_key: add them"),
                        problem -> assertThat(problem).contains("gs.json is not a file with Google credentials"));
    }
}
