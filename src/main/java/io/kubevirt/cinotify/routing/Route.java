// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

/**
 * The SIG and area responsible for the failures of a job.
 *
 * @param sig short name of the SIG, {@code none} or {@code multi}
 * @param area the area of the operations team
 * @param cause the cause that is assumed without evidence
 * @param rule the name of the rule that decided
 * @param because the reason given by the rule
 * @param confidence how reliable the route is
 */
public record Route(String sig, String area, Cause cause, String rule, String because, Confidence confidence) {

    public Route withCause(Cause other) {
        return new Route(sig, area, other, rule, because, confidence);
    }
}
