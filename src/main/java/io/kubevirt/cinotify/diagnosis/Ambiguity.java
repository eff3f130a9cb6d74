// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.routing.Route;

/**
 * What a failure may be where nothing decides: both hands, each as a phrase that says whose it would be.
 *
 * @param sharedCause what many share
 * @param changeCause the change itself
 */
public record Ambiguity(
        @JsonAlias("oneHand") String sharedCause,
        @JsonAlias("otherHand") String changeCause) {

    /** What a message says of it. */
    public String sentence() {
        return "unclear: either " + sharedCause + ", or " + changeCause;
    }

    /** The change itself, and then the lane's SIG. */
    static String describeChange(Route lane) {
        boolean one = !lane.sig().equals(Diagnosis.NO_SIG) && !lane.sig().equals(Diagnosis.SEVERAL_SIGS);
        return "the change itself" + (one ? " (SIG " + lane.sig() + ")" : "");
    }
}
