// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Reads what people give to commands as files or options: runs, histories, lists of issues. */
@NullMarked
package io.kubevirt.cinotify.cli.input;

import org.jspecify.annotations.NullMarked;
