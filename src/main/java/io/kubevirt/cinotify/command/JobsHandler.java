// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import java.time.Instant;
import java.util.List;

/** What a pull request to the job configuration changes for people; the same text as the automatic comment. */
public final class JobsHandler extends CommandHandler {
    /** The verb, which also names the thread of the comment. */
    public static final String VERB = "jobs";

    private static final String NOTHING = "this pull request changes no owner, no schedule and no blocking of a job.";
    private static final String INTRODUCTION =
            "what this pull request changes about jobs, for the people who own them:";

    JobsHandler() {
        super(
                VERB,
                List.of(VERB),
                new CommandHelp.Entry(
                        "/ci-notify jobs",
                        false,
                        "On a pull request to the job configuration: shows for each added or changed job its SIG, who would be"
                                + " notified, whether it blocks merging, its next runs, and problems.",
                        List.of("/ci-notify jobs"),
                        Permission.READ));
    }

    @Override
    Reply handle(Call call) {
        MarkdownReply reply = call.newReply();
        JobFiles files = call.context().jobFiles();
        if (files == null) {
            reply.answer("this works only on a pull request of the repository in the setting "
                    + reply.code("commands.jobs") + ".");
            return Reply.refused(reply, "no job configuration");
        }
        if (files.problem() != null) {
            reply.answer("the changed files could not be read: " + reply.escape(files.problem()) + ".");
            return Reply.refused(reply, "unreadable");
        }
        List<String> lines = JobChanges.lines(files, call.environment(), call.now());
        reply.answer(lines.isEmpty() ? NOTHING : INTRODUCTION);
        if (!lines.isEmpty()) {
            reply.bullets(lines);
        }
        return Reply.done(reply, "answered");
    }

    /** The text of the automatic comment; empty if nothing changes for anybody. */
    public static String comment(JobFiles files, CommandEnvironment environment, Instant now) {
        List<String> lines = JobChanges.lines(files, environment, now);
        return lines.isEmpty() ? "" : sentence(INTRODUCTION) + "\n\n- " + String.join("\n- ", lines) + "\n";
    }

    /** The text that replaces the comment once nothing changes for anybody any more. */
    public static String nothing() {
        return sentence(NOTHING) + "\n";
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }
}
