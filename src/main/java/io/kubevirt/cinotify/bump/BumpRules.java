// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bump;

import java.time.Duration;

/**
 * The configured rules for bumps.
 *
 * @param classes the classes
 * @param area the area notified about unclassified pull requests
 * @param deploymentArea the area notified about failed deployments
 * @param patience how long a failed job, a merge conflict, or a deployment that does not start or end may last before
 *     anybody is notified
 * @param suspicion how long after its merge a bump may be suspected as the cause of an incident
 */
public record BumpRules(
        BumpClasses classes, String area, String deploymentArea, Duration patience, Duration suspicion) {}
