// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.roster.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A person on a page.
 *
 * @param note such as "primary, sig-support"; empty for none
 */
public record Person(String handle, String note) {
    private static final int INITIALS = 2;

    public static @Nullable Person of(@Nullable String handle, @Nullable Level level, String area) {
        return handle == null ? null : new Person(handle, level == null ? area : level.value() + ", " + area);
    }

    public String initials() {
        return handle.substring(0, Math.min(INITIALS, handle.length())).toUpperCase(Locale.ROOT);
    }
}
