// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.incident.notify;

/** Who was notified. */
public final class Response {}
