// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.digest;

/**
 * How a lane has done.
 *
 * @param lane its name
 * @param sig whose its failures were, by most of them; empty if it had none
 * @param finished runs that passed or failed
 * @param red those that failed
 * @param commits commits on which it finished; runs of unknown commits are none
 * @param flaky commits on which it both passed and failed
 */
public record LaneStats(String lane, String sig, int finished, int red, int commits, int flaky) {}
