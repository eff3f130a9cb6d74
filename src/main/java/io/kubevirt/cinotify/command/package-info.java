// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The {@code /ci-notify} comment command: parsing, permissions, one handler for each command, help. */
@NullMarked
package io.kubevirt.cinotify.command;

import org.jspecify.annotations.NullMarked;
