// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Sends each digest once for each of its dates. */
@NullMarked
package io.kubevirt.cinotify.engine.digest;

import org.jspecify.annotations.NullMarked;
