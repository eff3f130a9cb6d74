// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.routing;

/**
 * Where the failures of a job go.
 *
 * @param sig short name of the SIG, {@code none} or {@code multi}
 * @param area the area of the operations group
 * @param cause what a failure of it means as long as no evidence says otherwise
 * @param rule the name of the rule that said so
 * @param because the rule's reason
 * @param confidence how far to trust it
 */
public record Route(String sig, String area, Cause cause, String rule, String because, Confidence confidence) {

    /** The same way, for another cause. */
    public Route withCause(Cause other) {
        return new Route(sig, area, other, rule, because, confidence);
    }
}
