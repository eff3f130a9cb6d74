// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.engine.Explainer;
import io.kubevirt.cinotify.web.api.JobExplanation;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.kubevirt.cinotify.web.api.RunAnswer;
import io.kubevirt.cinotify.web.api.RunAnswerReader;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody was notified, or nobody.
 *
 * @param asked what was asked for; empty if nothing was
 * @param run the answer for a run; null if none was asked for or found
 * @param job the answer for a job
 * @param problem why there is no answer; empty if there is one
 * @param hint what to do about it
 */
public record WhyPage(
        String asked,
        @Nullable RunAnswer run,
        @Nullable Moment ended,
        Explainer.@Nullable Explanation job,
        @Nullable Moment notifyAt,
        String problem,
        String hint) {
    private static final WhyPage NOTHING = new WhyPage("", null, null, null, null, "", "");

    /** The address of a run's page is looked up; other words are the name of a job. */
    public static WhyPage of(PageContext context, RequestParameters parameters) {
        String asked = Objects.requireNonNullElse(
                parameters.text("run"), Objects.requireNonNullElse(parameters.text("job"), ""));
        if (asked.isEmpty()) {
            return NOTHING;
        }
        try {
            return asked.contains("/") || asked.matches("[0-9]+")
                    ? ofRun(context, asked)
                    : ofJob(context, asked, parameters);
        } catch (RequestProblem e) {
            RequestProblem.Body body = e.body();
            return new WhyPage(asked, null, null, null, null, body.detail(), body.hint());
        }
    }

    private static WhyPage ofRun(PageContext context, String asked) throws RequestProblem {
        RunAnswerReader reader = new RunAnswerReader(context.read());
        RunAnswer answer = asked.contains("/") ? reader.of(asked) : reader.of(null, asked);
        return new WhyPage(asked, answer, context.moment(answer.run().endedAt()), null, null, "", "");
    }

    private static WhyPage ofJob(PageContext context, String asked, RequestParameters parameters)
            throws RequestProblem {
        Explainer.Explanation answer =
                JobExplanation.of(context.read(), asked, parameters.text("repo"), parameters.instant("at"));
        return new WhyPage(asked, null, null, answer, context.moment(answer.notifyAt()), "", "");
    }
}
