// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** The on-call roster: who is on call for an area at an instant, and who comes next. */
@NullMarked
package io.kubevirt.cinotify.roster;

import org.jspecify.annotations.NullMarked;
