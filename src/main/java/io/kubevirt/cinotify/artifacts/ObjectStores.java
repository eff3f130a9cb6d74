// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.prow.Bucket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The buckets with artifacts: those of {@code evidence.stores}, and all others at {@code evidence.endpoint}. */
public final class ObjectStores {
    /** The public endpoint of Google Cloud Storage. */
    public static final String GOOGLE = "https://storage.googleapis.com";

    private final Location location;
    private final Map<Bucket, ObjectStore> stores = new HashMap<>();

    /**
     * Where the stores are.
     *
     * @param endpoint of the buckets without an entry
     * @param folder that the paths of credentials are relative to
     */
    public record Location(ObjectStoreEndpoint endpoint, List<StoreConfig> stores, Path folder) {
        /** Copies the list. */
        public Location {
            stores = List.copyOf(stores);
        }
    }

    /** With entries that {@link StoreConfig#check} accepts. */
    public ObjectStores(Location location, InstantSource clock) {
        this.location = location;
        location.stores().forEach(entry -> stores.put(entry.parsedBucket(), store(entry, entry.parsedBucket(), clock)));
    }

    public Location location() {
        return location;
    }

    /** The store of a bucket; empty if none is configured: the default endpoint has no S3 buckets. */
    public Optional<ObjectStore> of(Bucket bucket) {
        Bucket whole = bucket.whole();
        boolean isElsewhere =
                location.endpoint().url().equals(GOOGLE) && !whole.provider().equals(Bucket.GS);
        return Optional.ofNullable(stores.get(whole))
                .or(() -> isElsewhere
                        ? Optional.empty()
                        : Optional.of(ObjectStore.anonymous(location.endpoint(), whole)));
    }

    /** What is wrong with the credentials files that exist; the messages are for the operator. */
    public Stream<String> credentialProblems() {
        return location.stores().stream()
                .filter(entry -> file(entry) instanceof SecretFile file && Files.exists(file.path()))
                .flatMap(entry -> problem(stores.get(entry.parsedBucket())));
    }

    private static Stream<String> problem(@Nullable ObjectStore store) {
        try {
            if (store != null) {
                store.requireCredentials();
            }
            return Stream.empty();
        } catch (IOException e) {
            return Stream.of(String.valueOf(e.getMessage()));
        }
    }

    private ObjectStore store(StoreConfig entry, Bucket bucket, InstantSource clock) {
        SecretFile credentials = file(entry);
        if (bucket.provider().equals(Bucket.S3)) {
            return new S3Store(entry, bucket, credentials, clock);
        }
        ObjectStoreEndpoint endpoint = new ObjectStoreEndpoint(entry.endpoint() == null ? GOOGLE : entry.endpoint());
        return credentials == null && !entry.hasWorkloadIdentity()
                ? ObjectStore.anonymous(endpoint, bucket)
                : new GoogleStore(endpoint, bucket, credentials);
    }

    private @Nullable SecretFile file(StoreConfig entry) {
        return entry.credentialsFile() == null
                ? null
                : new SecretFile(location.folder().resolve(entry.credentialsFile()));
    }
}
