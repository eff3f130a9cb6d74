/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.intake.prowjobs;

import io.kubevirt.cinotify.intake.Reason;
import java.net.HttpURLConnection;
import org.jspecify.annotations.Nullable;

/** The API server did not do what it was asked. */
final class ApiFailure extends Exception {

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
        AWAY
    }

    private final Kind kind;
    private final String sentence;

    /** @param sentence for the operator */
    ApiFailure(Kind kind, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    String sentence() {
        return sentence;
    }

    /** @param request what was asked for */
    static ApiFailure answered(int status, ProwJobRequest request) {
        return switch (status) {
            case HttpURLConnection.HTTP_GONE ->
                new ApiFailure(Kind.GONE, "the API server has forgotten the version to go on from: listing anew", null);
            case HttpURLConnection.HTTP_FORBIDDEN ->
                new ApiFailure(
                        Kind.REFUSED,
                        "the API server forbids to " + request
                                + ": grant get, list and watch on prowjobs.prow.k8s.io there by a Role and a RoleBinding",
                        null);
            case HttpURLConnection.HTTP_UNAUTHORIZED ->
                new ApiFailure(
                        Kind.REFUSED,
                        "the API server does not know who wants to " + request
                                + ": renew the credentials of the kubeconfig or of the service account",
                        null);
            case HttpURLConnection.HTTP_NOT_FOUND ->
                new ApiFailure(
                        Kind.REFUSED,
                        "the API server has nothing to " + request
                                + ": is this the cluster of Prow's control plane, where the ProwJob CRD is installed?",
                        null);
            default -> new ApiFailure(Kind.AWAY, "the API server answered " + status + " to " + request, null);
        };
    }

    static ApiFailure away(ProwJobRequest request, Throwable cause) {
        return new ApiFailure(
                Kind.AWAY, "the API server cannot be reached to " + request + ": " + Reason.of(cause), cause);
    }
}
