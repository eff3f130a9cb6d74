// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** HTTP requests with limits on time and size, backoff, and secrets read from files. */
@NullMarked
package io.kubevirt.cinotify.http;

import org.jspecify.annotations.NullMarked;
