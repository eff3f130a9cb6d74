// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture.violations.notify.here;

import io.kubevirt.cinotify.architecture.violations.notify.there.OtherChannel;

/** A channel that uses another channel. */
record UsesAChannel(OtherChannel other) {}
