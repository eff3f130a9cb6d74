// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The command line. Only {@code serve} starts the server; every other command answers and exits. */
@NullMarked
package io.kubevirt.cinotify.cli;

import org.jspecify.annotations.NullMarked;
