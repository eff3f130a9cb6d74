// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.http.RootCause;
import io.kubevirt.cinotify.source.prowjob.ProwJobClient.ProwJobRequest;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** A failed request to the API server, with a message for the operator. */
final class KubernetesApiException extends Exception {
    enum Kind {
        /** The resource version or page token is too old: list again. */
        GONE,
        /** Permissions or the CRD are missing: retry slowly. */
        REFUSED,
        /** Invalid response: list again, because the same request may return the same response. */
        UNREADABLE,
        /** The server is down or busy: retry. */
        UNAVAILABLE
    }

    private final Kind kind;

    KubernetesApiException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** The message for the operator; never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    Kind kind() {
        return kind;
    }

    static KubernetesApiException ofStatus(int status, ProwJobRequest request) {
        return switch (status) {
            case HttpURLConnection.HTTP_GONE ->
                new KubernetesApiException(Kind.GONE, "the resource version is too old: listing again", null);
            case HttpURLConnection.HTTP_FORBIDDEN ->
                new KubernetesApiException(
                        Kind.REFUSED,
                        "the API server forbids to " + request
                                + ": grant get, list and watch on prowjobs.prow.k8s.io with a Role and a RoleBinding",
                        null);
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new KubernetesApiException(
                        Kind.REFUSED,
                        "the API server rejects the credentials to " + request
                                + ": renew the credentials of the kubeconfig or of the service account",
                        null);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new KubernetesApiException(
                        Kind.REFUSED,
                        "the API server finds nothing to " + request
                                + ": check that this is the cluster of Prow's control plane, with the ProwJob CRD",
                        null);
            default ->
                new KubernetesApiException(
                        Kind.UNAVAILABLE, "the API server answered " + status + " to " + request, null);
        };
    }

    static KubernetesApiException unreachable(ProwJobRequest request, Throwable cause) {
        return new KubernetesApiException(
                Kind.UNAVAILABLE,
                "the API server cannot be reached to " + request + ": " + RootCause.describe(cause),
                cause);
    }
}
