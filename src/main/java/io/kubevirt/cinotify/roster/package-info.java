// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Who is responsible for an area at an instant, and if nobody, who is first and when. */
@NullMarked
package io.kubevirt.cinotify.roster;

import org.jspecify.annotations.NullMarked;
