// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Sending HTTP requests with bounds on time and size, and reading secrets from files. */
@NullMarked
package io.kubevirt.cinotify.http;

import org.jspecify.annotations.NullMarked;
