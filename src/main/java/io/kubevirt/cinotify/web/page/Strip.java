// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.incident.RunExtent;
import io.kubevirt.cinotify.text.Plural;
import io.quarkus.qute.RawString;
import org.jspecify.annotations.Nullable;

/** The last runs as boxes, oldest first; failed ones are lower, too, so that color is not all that tells them apart. */
final class Strip {
    private static final int STEP = 14;
    private static final int HEIGHT = 16;
    private static final int LOW = 6;

    private Strip() {}

    static @Nullable RawString of(@Nullable RunExtent extent) {
        if (extent == null || extent.strip().isEmpty()) {
            return null;
        }
        String runs = extent.strip();
        StringBuilder boxes = new StringBuilder();
        for (int index = 0; index < runs.length(); index++) {
            boolean passed = runs.charAt(index) == '+';
            int top = passed ? 0 : LOW;
            boxes.append("<rect class=\"")
                    .append(passed ? "good" : "bad")
                    .append("\" x=\"")
                    .append(index * STEP)
                    .append("\" y=\"")
                    .append(top)
                    .append("\" width=\"12\" height=\"")
                    .append(HEIGHT - top)
                    .append("\" rx=\"2\"/>");
        }
        long failed = runs.chars().filter(run -> run == '-').count();
        int width = runs.length() * STEP;
        return new RawString(
                "<svg class=\"strip\" role=\"img\" width=\"" + width + "\" height=\"" + HEIGHT + "\" viewBox=\"0 0 "
                        + width + " " + HEIGHT + "\" aria-label=\"" + failed + " of the last "
                        + Plural.of(runs.length(), "run") + " failed\">" + boxes
                        + "</svg>");
    }
}
