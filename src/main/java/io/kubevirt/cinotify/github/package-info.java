// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** A client of GitHub's REST API: issues, pull requests, labels, users, authentication as a user or an App. */
@NullMarked
package io.kubevirt.cinotify.github;

import org.jspecify.annotations.NullMarked;
