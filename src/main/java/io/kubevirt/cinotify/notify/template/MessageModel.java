// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The variables of a template. All text may be untrusted: the {@link Markup} of the channel escapes it.
 *
 * @param kind {@code opened}, {@code resolved}, …
 * @param title subject
 * @param text the notification, one sentence
 * @param details further lines; only for a handoff
 * @param incidentKind {@code lane}, {@code outage}, {@code missing-run}, …
 * @param id of the incident, for commands
 * @param state {@code open}, {@code acknowledged}, …
 * @param open whether the incident is not resolved
 * @param blocking whether it is known to block merging
 * @param blockingUnknown whether nothing says if it blocks merging
 * @param since when it opened
 * @param until when it closed; null while open
 * @param foldedInto the outage that contains it
 * @param finding why it opened, and the diagnosis
 * @param run the latest failed run
 * @param evidence from the artifacts of the run; null without evidence
 * @param known the known issue that matches; null if none
 * @param links to the run and further pages
 * @param people who is notified and why
 * @param commands that can be used
 * @param layout the lines of the message
 */
public record MessageModel(
        String kind,
        String title,
        String text,
        List<String> details,
        String incidentKind,
        String id,
        String state,
        boolean open,
        boolean blocking,
        boolean blockingUnknown,
        Fragment.Timestamp since,
        Fragment.@Nullable Timestamp until,
        Fragment.@Nullable Code foldedInto,
        Finding finding,
        @Nullable Run run,
        @Nullable Evidence evidence,
        @Nullable KnownIssue known,
        List<Fragment.Link> links,
        People people,
        List<CommandHint> commands,
        MessageLayout layout) {
    /** Copies the lists. */
    public MessageModel {
        details = List.copyOf(details);
        links = List.copyOf(links);
        commands = List.copyOf(commands);
    }

    /**
     * Why the incident opened, and the diagnosis.
     *
     * @param why the reason with its counts; empty if the text contains it
     * @param runs number of failed runs
     * @param lanes the failing jobs
     * @param pulls the affected pull requests
     * @param sig the SIG that can fix it; null for none or several
     * @param rule the deciding rule
     * @param because the reason of the rule; empty if the trace has none
     * @param unclear whether the diagnosis is a guess
     * @param doubt the alternatives of an ambiguous diagnosis; null if it is not ambiguous
     */
    public record Finding(
            String why,
            int runs,
            Fragment.TruncatedList lanes,
            Fragment.TruncatedList pulls,
            String cause,
            String area,
            @Nullable String sig,
            String confidence,
            String rule,
            String because,
            boolean unclear,
            @Nullable Ambiguity doubt) {}

    /** The two possible causes of an ambiguous diagnosis. */
    public record Ambiguity(String sharedCause, String changeCause) {}

    /**
     * A failed run.
     *
     * @param description from the status
     * @param endedAt null if unknown
     */
    public record Run(Fragment.Code job, String description, Fragment.@Nullable Timestamp endedAt) {}

    /**
     * Evidence from artifacts.
     *
     * @param excerpt first lines of the cause; null for none
     * @param log URL of these lines
     * @param tests failing tests
     * @param failed number of failed tests
     * @param occurrences of the same failure elsewhere; null if not compared yet
     */
    public record Evidence(
            Fragment.@Nullable Block excerpt,
            Fragment.@Nullable Link log,
            Fragment.TruncatedList tests,
            int failed,
            @Nullable Occurrences occurrences) {}

    /**
     * Occurrences of the same failure elsewhere.
     *
     * @param where number of lanes and pull requests
     * @param since first occurrence; null if it is the only one
     * @param novelty a note if the failure is new; empty otherwise
     */
    public record Occurrences(String where, Fragment.@Nullable Timestamp since, String novelty) {}

    /**
     * A known issue.
     *
     * @param until last day of its validity
     * @param muted whether it mutes notifications
     */
    public record KnownIssue(Fragment.Link issue, String owner, String until, boolean muted) {}

    /**
     * Recipients.
     *
     * @param responsible the responsible member
     * @param level of the member in the area
     * @param sigContact the contact of the SIG
     * @param notifyAt when the member is notified, if not at once
     * @param reasons why this member, and why at this time
     */
    public record People(
            Fragment.@Nullable Person responsible,
            @Nullable String level,
            Fragment.@Nullable Person sigContact,
            Fragment.@Nullable Timestamp notifyAt,
            List<String> reasons,
            Fragment.@Nullable Person acknowledgedBy,
            Fragment.@Nullable Timestamp snoozedUntil) {
        /** Copies the reasons. */
        public People {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A command.
     *
     * @param text as typed
     * @param description its effect
     */
    public record CommandHint(Fragment.Code text, String description) {}
}
