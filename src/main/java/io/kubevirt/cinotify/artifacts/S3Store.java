// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.http.SecretFile;
import io.kubevirt.cinotify.prow.Bucket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;

/** A bucket of Amazon S3 or a compatible store; requests are signed (AWS Signature Version 4) if there are credentials. */
final class S3Store extends ObjectStore {
    private static final String DEFAULT_REGION = "us-east-1";
    /** The HTTP client sets it, to the same value. */
    private static final Set<String> SET_BY_CLIENT = Set.of("host", "range");

    private static final AwsV4HttpSigner SIGNER = AwsV4HttpSigner.create();

    private final StoreConfig config;
    private final String bucket;
    private final @Nullable SecretFile credentials;
    private final InstantSource clock;

    S3Store(StoreConfig config, Bucket bucket, @Nullable SecretFile credentials, InstantSource clock) {
        super(bucket);
        this.config = config;
        this.bucket = bucket.name();
        this.credentials = credentials;
        this.clock = clock;
    }

    @Override
    HttpRequest.Builder get(String rest, @Nullable String range) throws IOException {
        S3Credentials secret = credentials == null ? null : S3Credentials.read(credentials);
        String region =
                first(config.region(), secret == null ? null : secret.region()).orElse(DEFAULT_REGION);
        URI address = URI.create(bucketUrl(secret, region) + rest);
        HttpRequest.Builder request = get(address, range);
        if (secret != null) {
            sign(request, address, range, new Signature(secret, region));
        }
        return request;
    }

    @Override
    void requireCredentials() throws IOException {
        if (credentials != null) {
            S3Credentials.read(credentials).identity();
        }
    }

    @Override
    boolean hasCredentials() {
        return credentials != null;
    }

    private record Signature(S3Credentials secret, String region) {}

    private void sign(HttpRequest.Builder request, URI address, @Nullable String range, Signature signature) {
        SdkHttpRequest.Builder unsigned =
                SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(address);
        if (range != null) {
            unsigned.putHeader("Range", range);
        }
        SIGNER.sign(signing -> signing.identity(signature.secret().identity())
                        .request(unsigned.build())
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, signature.region())
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                        .putProperty(HttpSigner.SIGNING_CLOCK, clock.withZone(ZoneOffset.UTC)))
                .request()
                .headers()
                .forEach((name, values) -> {
                    if (!SET_BY_CLIENT.contains(name.toLowerCase(Locale.ROOT))) {
                        values.forEach(value -> request.header(name, value));
                    }
                });
    }

    private String bucketUrl(@Nullable S3Credentials secret, String region) throws IOException {
        String endpoint = first(config.endpoint(), secret == null ? null : secret.endpoint())
                .orElse("https://s3." + region + ".amazonaws.com");
        try {
            endpoint = withoutDefaultPort(new ObjectStoreEndpoint(endpoint).url());
        } catch (IllegalArgumentException e) {
            throw new IOException("the endpoint in the credentials file: " + e.getMessage(), e);
        }
        boolean inPath = config.pathStyle() != null ? config.pathStyle() : secret == null || secret.pathStyle();
        return inPath ? endpoint + "/" + bucket : endpoint.replaceFirst("://", "://" + bucket + ".");
    }

    /** The signature covers the host without it. */
    private static String withoutDefaultPort(String endpoint) {
        return endpoint.replaceFirst("^(https://[^/]*):443(?=/|$)|^(http://[^/]*):80(?=/|$)", "$1$2");
    }

    private static Optional<String> first(@Nullable String one, @Nullable String other) {
        return Optional.ofNullable(one == null ? other : one);
    }
}
