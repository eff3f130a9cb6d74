// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.app;

/** A name that says nothing. */
final class NamingHelper {}
