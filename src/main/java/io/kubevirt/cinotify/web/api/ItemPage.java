// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list.
 *
 * @param next the cursor of the next page, as {@code after}; null on the last one
 * @param withheld further items that the reader may not see, whatever the filters are
 */
public record ItemPage<T>(List<T> items, @Nullable String next, int withheld) {
    public ItemPage {
        items = List.copyOf(items);
    }

    public static <T> ItemPage<T> of(List<T> items) {
        return new ItemPage<>(items, null, 0);
    }
}
