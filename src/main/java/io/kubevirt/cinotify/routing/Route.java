// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

/** The SIG and area responsible for the failures of a job; the cause is assumed without evidence. */
public record Route(
        String sig, String area, Cause cause, RouteSource source, String rule, String because, Confidence confidence) {
    public Route withCause(Cause other) {
        return new Route(sig, area, other, source, rule, because, confidence);
    }
}
