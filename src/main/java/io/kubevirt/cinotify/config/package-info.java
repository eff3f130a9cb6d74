// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Loads, checks and reloads the configuration files. */
@NullMarked
package io.kubevirt.cinotify.config;

import org.jspecify.annotations.NullMarked;
