// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import io.kubevirt.cinotify.prow.Bucket;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A bucket over HTTP. Thread-safe. */
public abstract sealed class ObjectStore permits ObjectStore.Anonymous, S3Store, GoogleStore {
    private static final Logger LOG = Logger.getLogger(ObjectStore.class);
    private final Bucket bucket;
    private volatile String problem = "";

    ObjectStore(Bucket bucket) {
        this.bucket = bucket;
    }

    /** A bucket that everyone may read, with its name in the path. */
    public static ObjectStore anonymous(ObjectStoreEndpoint endpoint, Bucket bucket) {
        return new Anonymous(endpoint.url() + "/" + bucket.name(), bucket);
    }

    /**
     * A GET request of something in the bucket.
     *
     * @param rest what follows the URL of the bucket, escaped: {@code /key} or {@code ?query}
     * @param range the header; null for none
     * @throws IOException if the credentials cannot be used; the message is for the operator
     */
    abstract HttpRequest.Builder get(String rest, @Nullable String range) throws IOException;

    /** Whether a refusal may be a fault of the credentials. */
    abstract boolean hasCredentials();

    /** @throws IOException if the credentials file cannot be used; the message is for the operator */
    void requireCredentials() throws IOException {}

    /** The problem of the credentials, with its bucket. Logs each problem once. */
    final String recordProblem(String current) {
        String sentence = "no artifacts of " + bucket + ": " + current;
        if (!sentence.equals(problem)) {
            problem = sentence;
            LOG.warn(sentence);
        }
        return sentence;
    }

    /** The credentials work. */
    final void recordSuccess() {
        if (!problem.isEmpty()) {
            problem = "";
            LOG.infof("the artifacts of %s are read again", bucket);
        }
    }

    static HttpRequest.Builder get(URI address, @Nullable String range) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        return range == null ? request : request.header("Range", range);
    }

    static final class Anonymous extends ObjectStore {
        private final String address;

        Anonymous(String address, Bucket bucket) {
            super(bucket);
            this.address = address;
        }

        @Override
        HttpRequest.Builder get(String rest, @Nullable String range) {
            return get(URI.create(address + rest), range);
        }

        @Override
        boolean hasCredentials() {
            return false;
        }
    }
}
