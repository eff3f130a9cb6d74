// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Persistence, and the only place with SQL: journal, runs, incidents, outbox, leases. */
@NullMarked
package io.kubevirt.cinotify.store;

import org.jspecify.annotations.NullMarked;
