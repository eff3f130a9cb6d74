/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.app.answers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.command.Access;
import io.kubevirt.cinotify.command.Comment;
import io.kubevirt.cinotify.command.Red;
import io.kubevirt.cinotify.command.Request;
import io.kubevirt.cinotify.diagnosis.Cause;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.notice.github.GitHubPulls.Status;
import io.kubevirt.cinotify.prow.Job;
import io.kubevirt.cinotify.prow.JobRun;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.prow.RunReading;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.prow.StatusEventReader;
import io.kubevirt.cinotify.settings.Settings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Asks GitHub for what a command needs, and for no more. Blocks. */
final class LookAround {

    private static final Logger LOG = Logger.getLogger(LookAround.class);
    private static final Set<String> RED = Set.of("failure", "error");

    private final @Nullable GitHubSide github;
    private final @Nullable Trust trust;

    LookAround(@Nullable GitHubSide github, InstantSource clock) {
        this.github = github;
        this.trust = github == null ? null : new Trust(github.people(), clock);
    }

    Look at(Comment comment, List<Request> requests, Settings settings, Access access) {
        boolean tells = requests.stream().anyMatch(request -> Access.of(request) == Access.Right.TELL);
        boolean trusted = tells && isTrusted(comment, access);
        boolean needsHead = comment.conversation().pull()
                && requests.stream().anyMatch(request -> tells || request instanceof Request.Explain);
        if (!needsHead) {
            return new Look(trusted, null, List.of(), null);
        }
        if (github == null) {
            return new Look(trusted, null, List.of(), "no access to GitHub is configured");
        }
        try {
            Repository repository = comment.conversation().repository();
            String head = github.pulls()
                    .pull(repository, comment.conversation().number())
                    .sha();
            List<Red> reds = new ArrayList<>();
            for (Status status : github.pulls().statuses(repository, head)) {
                if (RED.contains(status.state())) {
                    red(repository, head, status, settings, reds);
                }
            }
            return new Look(trusted, head, reds, null);
        } catch (GitHubFailure e) {
            LOG.warnf(
                    "the checks of %s could not be read: %s",
                    comment.conversation().place(), e.sentence());
            return new Look(trusted, null, List.of(), "it does not answer as it should");
        }
    }

    private boolean isTrusted(Comment comment, Access access) {
        if (comment.insider() || access.knows(comment.author())) {
            return true;
        }
        try {
            return trust != null && trust.isTrusted(comment.conversation().repository(), comment.author());
        } catch (GitHubFailure e) {
            LOG.warnf("GitHub does not say whether %s is trusted: %s", comment.author(), e.sentence());
            return false;
        }
    }

    private static void red(Repository repository, String head, Status status, Settings settings, List<Red> reds) {
        ObjectNode event = JsonNodeFactory.instance
                .objectNode()
                .put("sha", head)
                .put("state", status.state())
                .put("context", status.context())
                .put("description", status.description())
                .put("target_url", status.targetUrl());
        event.putObject("repository").put("full_name", repository.fullName());
        RunReading reading = new StatusEventReader(new RunUrlReader(settings.addresses())).read(event);
        if (!(reading instanceof RunReading.Run(JobRun run))
                || !run.state().isRed()
                || settings.diagnoser().isPluginRun(run)) {
            return;
        }
        Diagnosis diagnosis = settings.diagnoser().diagnose(run);
        // Where no job configuration is known any red check may be a required one.
        boolean required = settings.jobs().all().isEmpty()
                || settings.diagnoser().jobOf(run).map(Job::isRequired).orElse(false);
        if (diagnosis.cause() != Cause.ABORTED) {
            reds.add(new Red(run, diagnosis, required));
        }
    }
}
