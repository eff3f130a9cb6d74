// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** What the board and its API show: records, and their readers on one snapshot of the store. Nothing here is decided or changed. */
@NullMarked
package io.kubevirt.cinotify.web.api;

import org.jspecify.annotations.NullMarked;
