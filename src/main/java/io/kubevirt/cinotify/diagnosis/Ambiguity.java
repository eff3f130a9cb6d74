// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.diagnosis;

import com.fasterxml.jackson.annotation.JsonAlias;
import io.kubevirt.cinotify.routing.Route;

/** The two possible causes of a failure that the evidence cannot distinguish, each as a phrase. */
public record Ambiguity(
        @JsonAlias("oneHand") String sharedCause,
        @JsonAlias("otherHand") String changeCause) {

    public String sentence() {
        return "unclear: either " + sharedCause + ", or " + changeCause;
    }

    /** The change itself, with the SIG of the lane if there is one. */
    static String describeChange(Route lane) {
        boolean one = !lane.sig().equals(Diagnosis.NO_SIG) && !lane.sig().equals(Diagnosis.SEVERAL_SIGS);
        return "the change itself" + (one ? " (SIG " + lane.sig() + ")" : "");
    }
}
