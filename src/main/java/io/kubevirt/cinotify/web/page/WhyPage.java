// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web.page;

import io.kubevirt.cinotify.engine.Explainer;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.web.api.IncidentItem;
import io.kubevirt.cinotify.web.api.IncidentReader;
import io.kubevirt.cinotify.web.api.JobExplanation;
import io.kubevirt.cinotify.web.api.RequestParameters;
import io.kubevirt.cinotify.web.api.RequestProblem;
import io.kubevirt.cinotify.web.api.RunAnswer;
import io.kubevirt.cinotify.web.api.RunAnswerReader;
import io.quarkus.qute.RawString;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody was notified, or nobody.
 *
 * @param asked what was asked for; empty if nothing was
 * @param run the answer for a run; null if none was asked for or found
 * @param steps from the run to its outcome, in order, with times in the reader's zone
 * @param runs the answers for the failed runs on a pull request, newest first
 * @param job the answer for a job
 * @param incident the incident that was asked for
 * @param problem why there is no answer; empty if there is one
 * @param hint what to do about it
 */
public record WhyPage(
        String asked,
        @Nullable RunAnswer run,
        List<Step> steps,
        @Nullable Moment ended,
        List<Answer> runs,
        Explainer.@Nullable Explanation job,
        @Nullable Moment notifyAt,
        @Nullable IncidentItem incident,
        String problem,
        String hint) {
    private static final WhyPage NOTHING = new WhyPage("", null, List.of(), null, List.of(), null, null, null, "", "");
    private static final Pattern PULL = Pattern.compile(
            "(?:https://[^/]+/)?([\\w.-]+/[\\w.-]+)(?:#|/pull/)([0-9]{1,9})(?:/(?:files|commits|checks).*)?");
    private static final Pattern INCIDENT = Pattern.compile("(?=.*[a-f])[0-9a-f]{6,40}");

    public WhyPage {
        steps = List.copyOf(steps);
        runs = List.copyOf(runs);
    }

    public record Step(String title, RawString text) {}

    /** One of the runs on a pull request. */
    public record Answer(RunAnswer of, @Nullable Moment ended) {}

    /** A run by its address or build id, a pull request, an incident by its id; other words are the name of a job. */
    public static WhyPage of(PageContext context, RequestParameters parameters) {
        String asked = Objects.requireNonNullElse(
                parameters.text("run"), Objects.requireNonNullElse(parameters.text("job"), ""));
        if (asked.isEmpty()) {
            return NOTHING;
        }
        try {
            Matcher pull = PULL.matcher(asked);
            if (pull.matches()) {
                return ofPull(context, asked, Repository.of(pull.group(1)), Integer.parseInt(pull.group(2)));
            }
            if (INCIDENT.matcher(asked).matches()) {
                IncidentItem incident =
                        new IncidentReader(context.read()).find(asked).incident();
                return new WhyPage(asked, null, List.of(), null, List.of(), null, null, incident, "", "");
            }
            return asked.contains("/") || asked.matches("[0-9]+")
                    ? ofRun(context, asked)
                    : ofJob(context, asked, parameters);
        } catch (RequestProblem e) {
            RequestProblem.Body body = e.body();
            return new WhyPage(asked, null, List.of(), null, List.of(), null, null, null, body.detail(), body.hint());
        }
    }

    private static WhyPage ofRun(PageContext context, String asked) throws RequestProblem {
        RunAnswerReader reader = new RunAnswerReader(context.read());
        RunAnswer answer = asked.contains("/") ? reader.of(asked) : reader.of(null, asked);
        return new WhyPage(
                asked,
                answer,
                answer.steps().stream()
                        .map(step -> new Step(step.title(), context.withTimes(step.text())))
                        .toList(),
                context.moment(answer.run().endedAt()),
                List.of(),
                null,
                null,
                null,
                "",
                "");
    }

    private static WhyPage ofPull(PageContext context, String asked, Repository repository, int number)
            throws RequestProblem {
        List<Answer> answers = new RunAnswerReader(context.read())
                .of(repository, number).stream()
                        .map(answer ->
                                new Answer(answer, context.moment(answer.run().endedAt())))
                        .toList();
        if (answers.isEmpty()) {
            throw RequestProblem.notFound(
                    "no failed run on " + RequestParameters.shown(asked)
                            + " ended within 14 days, or you may not see it",
                    "look up a run by its address");
        }
        return new WhyPage(asked, null, List.of(), null, answers, null, null, null, "", "");
    }

    private static WhyPage ofJob(PageContext context, String asked, RequestParameters parameters)
            throws RequestProblem {
        Explainer.Explanation answer =
                JobExplanation.of(context.read(), asked, parameters.text("repo"), parameters.instant("at"));
        return new WhyPage(
                asked, null, List.of(), null, List.of(), answer, context.moment(answer.notifyAt()), null, "", "");
    }
}
