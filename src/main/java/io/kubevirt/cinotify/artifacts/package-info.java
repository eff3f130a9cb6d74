// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Fetches and reads the artifacts of a run within limits: metadata, JUnit files, logs. */
@NullMarked
package io.kubevirt.cinotify.artifacts;

import org.jspecify.annotations.NullMarked;
