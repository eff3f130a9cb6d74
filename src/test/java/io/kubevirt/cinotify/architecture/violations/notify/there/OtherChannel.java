// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.notify.there;

/** A channel that another channel uses. */
public record OtherChannel() {}
