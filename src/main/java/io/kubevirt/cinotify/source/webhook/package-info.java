// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Receives the webhooks that Prow's hook forwards: limits, signature, journal, answer. */
@NullMarked
package io.kubevirt.cinotify.source.webhook;

import org.jspecify.annotations.NullMarked;
