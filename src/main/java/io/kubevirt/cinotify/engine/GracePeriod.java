// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import java.time.Duration;

/**
 * What is left of the process once it is told to stop.
 *
 * @param length for finishing what was taken in
 */
public record GracePeriod(Duration length) {}
