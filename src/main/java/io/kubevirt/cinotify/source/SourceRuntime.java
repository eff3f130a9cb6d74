// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source;

import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * What a door that goes out by itself needs to wait.
 *
 * @param executor does what is to be done later
 * @param clock the one clock
 * @param random scatters the waiting, so that many plugins do not come back at the same moment
 */
public record SourceRuntime(SourceExecutor executor, InstantSource clock, RandomGenerator random) {}
