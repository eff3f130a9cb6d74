// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** What all event sources share: deliveries, the journal port, the status of a source. */
@NullMarked
package io.kubevirt.cinotify.source;

import org.jspecify.annotations.NullMarked;
