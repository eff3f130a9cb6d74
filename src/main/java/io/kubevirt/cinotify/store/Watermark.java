// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import java.time.Instant;

/**
 * How far something had come.
 *
 * @param value what was there
 * @param at when
 */
public record Watermark(String value, Instant at) {}
