// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

/**
 * What is said of one thing at one place, in order.
 *
 * @param thread the incident, or what letters continue
 */
public record ThreadKey(String channel, String destination, String thread) {}
