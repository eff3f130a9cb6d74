// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody was notified of a run, or nobody.
 *
 * @param answer in one sentence
 * @param steps from the run to its outcome, in order
 * @param incident the incident that it belongs to
 */
public record RunAnswer(
        RunItem run,
        String answer,
        List<Step> steps,
        @Nullable IncidentItem incident) {
    public RunAnswer {
        steps = List.copyOf(steps);
    }

    /** @param title such as "read as" */
    public record Step(String title, String text) {}

    /** As the command line prints it. */
    public String text() {
        StringBuilder text = new StringBuilder(answer);
        steps.forEach(step ->
                text.append("\n  ").append("%-12s".formatted(step.title())).append(step.text()));
        return text.toString();
    }
}
