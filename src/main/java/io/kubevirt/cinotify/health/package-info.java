// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Health checks and the routes that serve them. */
@NullMarked
package io.kubevirt.cinotify.health;

import org.jspecify.annotations.NullMarked;
