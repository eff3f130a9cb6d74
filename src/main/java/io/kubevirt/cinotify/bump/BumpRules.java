// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import java.time.Duration;

/**
 * What the operator has settled of bumps.
 *
 * @param classes what tells them apart
 * @param area who is told of pull requests of no class
 * @param deploymentArea who is told if a merged bump does not come into service
 * @param patience how long a failed job may be tried again, a conflict may stand, a deployment may not begin or not
 *     end, before anybody is told
 * @param suspicion for how long after its merge a bump may be the reason of what breaks
 */
public record BumpRules(
        BumpClasses classes, String area, String deploymentArea, Duration patience, Duration suspicion) {}
