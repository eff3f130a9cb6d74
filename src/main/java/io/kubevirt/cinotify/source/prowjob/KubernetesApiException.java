// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.http.RootCause;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** The API server did not do what it was asked. */
final class KubernetesApiException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What to do about it. */
    enum Kind {
        /** The version or page is too old: list anew. */
        GONE,
        /** A person must grant or install something: ask again at a calm pace. */
        REFUSED,
        /** The answer makes no sense: list anew, since asking for the same may bring the same. */
        UNREADABLE,
        /** It is away or busy: try again. */
        UNAVAILABLE
    }

    private final Kind kind;
    private final String operatorMessage;

    /** @param sentence for the operator */
    KubernetesApiException(Kind kind, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.operatorMessage = sentence;
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String operatorMessage() {
        return operatorMessage;
    }

    /** @param request what was asked for */
    static KubernetesApiException ofStatus(int status, ProwJobRequest request) {
        return switch (status) {
            case HttpURLConnection.HTTP_GONE ->
                new KubernetesApiException(
                        Kind.GONE, "the API server has forgotten the version to go on from: listing anew", null);
            case HttpURLConnection.HTTP_FORBIDDEN ->
                new KubernetesApiException(
                        Kind.REFUSED,
                        "the API server forbids to " + request
                                + ": grant get, list and watch on prowjobs.prow.k8s.io there by a Role and a RoleBinding",
                        null);
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new KubernetesApiException(
                        Kind.REFUSED,
                        "the API server does not know who wants to " + request
                                + ": renew the credentials of the kubeconfig or of the service account",
                        null);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new KubernetesApiException(
                        Kind.REFUSED,
                        "the API server has nothing to " + request
                                + ": is this the cluster of Prow's control plane, where the ProwJob CRD is installed?",
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
