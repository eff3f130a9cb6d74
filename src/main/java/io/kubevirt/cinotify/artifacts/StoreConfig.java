// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.kubevirt.cinotify.prow.Bucket;
import io.kubevirt.cinotify.yaml.ConfigValidator;
import org.jspecify.annotations.Nullable;

/** An entry of {@code evidence.stores}: a bucket with credentials, or in a store of its own. */
public record StoreConfig(
        @JsonProperty(required = true) @JsonPropertyDescription("The bucket, as gs://name or s3://name.")
        String bucket,

        @JsonPropertyDescription(
                "URL of the store; if absent that of the credentials file, else Google Cloud Storage or Amazon S3.")
        @Nullable String endpoint,

        @JsonPropertyDescription("Region of an S3 bucket; if absent that of the credentials file, else us-east-1.")
        @Nullable String region,

        @JsonPropertyDescription(
                "Whether the URL of an S3 bucket has its name in the path instead of the host; if absent as in the"
                        + " credentials file (s3_force_path_style), without a file true.")
        @Nullable Boolean pathStyle,

        @JsonPropertyDescription(
                "File with the credentials, relative to the configuration folder; read again when it changes. For S3"
                        + " service-account.json of Prow's s3_credentials_secret; for Google the key of a service"
                        + " account, or the file of a workload identity federation. Anonymous if absent.")
        @Nullable String credentialsFile,

        @JsonPropertyDescription("Whether a gs bucket is read with the identity of the pod (GKE) instead of a file.")
        @Nullable Boolean workloadIdentity) {

    boolean hasWorkloadIdentity() {
        return Boolean.TRUE.equals(workloadIdentity);
    }

    /** @throws IllegalArgumentException if the setting is invalid, with a message for the operator */
    Bucket parsedBucket() {
        return Bucket.parse(bucket).whole();
    }

    /** Reports what is wrong with this entry. */
    public void check(ConfigValidator check) {
        try {
            Bucket parsed = parsedBucket();
            if (!parsed.provider().equals(Bucket.GS) && !parsed.provider().equals(Bucket.S3)) {
                check.report("\"" + bucket + "\" is neither in Google Cloud Storage nor in S3", "write gs:// or s3://");
            }
            if (hasWorkloadIdentity() && !parsed.provider().equals(Bucket.GS)) {
                check.report("only gs buckets have a workload identity", "use credentialsFile", "workloadIdentity");
            }
        } catch (IllegalArgumentException e) {
            check.report(String.valueOf(e.getMessage()), "write gs://name or s3://name", "bucket");
        }
        if (hasWorkloadIdentity() && credentialsFile != null) {
            check.report("there is a credentials file as well", "remove one of the two", "workloadIdentity");
        }
        try {
            if (endpoint != null) {
                new ObjectStoreEndpoint(endpoint);
            }
        } catch (IllegalArgumentException e) {
            check.report(String.valueOf(e.getMessage()), "correct the URL", "endpoint");
        }
    }
}
