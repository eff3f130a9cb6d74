// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The load generator of {@code make bench}; it needs nothing but the JDK, so that it costs the machine little. */
@NullMarked
package io.kubevirt.cinotify.bench;

import org.jspecify.annotations.NullMarked;
