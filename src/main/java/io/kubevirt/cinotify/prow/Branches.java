// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The branches a job runs on: RE2 patterns that match anywhere in the branch name, as in Prow. */
public final class Branches {
    public static final Branches ALL = of(List.of(), List.of());

    private final List<String> included;
    private final List<String> skipped;
    private final @Nullable Pattern shouldRun;
    private final @Nullable Pattern skip;

    private Branches(List<String> included, List<String> skipped) {
        this.included = List.copyOf(included);
        this.skipped = List.copyOf(skipped);
        this.shouldRun = any(included);
        this.skip = any(skipped);
    }

    /** Compiles {@code branches}, where none means all, and {@code skip_branches}. */
    public static Branches of(List<String> included, List<String> skipped) {
        return new Branches(included, skipped);
    }

    private static @Nullable Pattern any(List<String> patterns) {
        return patterns.isEmpty() ? null : Pattern.compile(String.join("|", patterns));
    }

    public boolean shouldRun(String branch) {
        boolean isSkipped = skip != null && skip.matcher(branch).find();
        return !isSkipped && (shouldRun == null || shouldRun.matcher(branch).find());
    }

    public List<String> included() {
        return included;
    }

    public List<String> skipped() {
        return skipped;
    }

    @Override
    public String toString() {
        return "branches " + included + " without " + skipped;
    }
}
