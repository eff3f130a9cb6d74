// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.source.prowjob;

import io.kubevirt.cinotify.source.Delivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param resourceVersion from which a watch sees all that the list does not
 * @param continueToken the token of the next page; null if this is the last
 */
record ListPage(
        List<Delivery> deliveries,
        String resourceVersion,
        @Nullable String continueToken) {}
