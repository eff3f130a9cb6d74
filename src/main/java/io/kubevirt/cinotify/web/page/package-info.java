// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The pages of the board as records: what the templates show, in words and units. */
@NullMarked
package io.kubevirt.cinotify.web.page;

import org.jspecify.annotations.NullMarked;
