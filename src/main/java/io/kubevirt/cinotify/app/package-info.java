// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Wires the parts together: CDI producers, start and stop of the event sources, logging. */
@NullMarked
package io.kubevirt.cinotify.app;

import org.jspecify.annotations.NullMarked;
