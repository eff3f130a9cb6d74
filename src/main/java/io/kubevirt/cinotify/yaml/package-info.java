// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Reads YAML with line numbers and reports problems with a hint. */
@NullMarked
package io.kubevirt.cinotify.yaml;

import org.jspecify.annotations.NullMarked;
