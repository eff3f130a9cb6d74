// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Finds the cause of a failed run from Prow's state, the artifacts and the known issues. */
@NullMarked
package io.kubevirt.cinotify.diagnosis;

import org.jspecify.annotations.NullMarked;
