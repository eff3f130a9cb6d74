// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
/** Lists and watches ProwJob resources. */
@NullMarked
package io.kubevirt.cinotify.source.prowjob;

import org.jspecify.annotations.NullMarked;
