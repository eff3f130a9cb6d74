// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Option groups that several commands share. */
@NullMarked
package io.kubevirt.cinotify.cli.options;

import org.jspecify.annotations.NullMarked;
