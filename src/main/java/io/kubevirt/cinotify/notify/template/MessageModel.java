// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a template can show of a message. All words may be from outside: the channel's {@link Markup} writes them.
 *
 * @param kind {@code opened}, {@code resolved}, …
 * @param title what it is about
 * @param text what is said, in a sentence
 * @param details what follows it, a line each; only where somebody takes over
 * @param incidentKind what the incident is about: {@code lane}, {@code outage}, {@code missing-run}, …
 * @param id by which commands name the incident
 * @param state {@code open}, {@code acknowledged}, …
 * @param open whether it is not over
 * @param blocking whether people are kept from working
 * @param since when it opened
 * @param until when it closed; null while open
 * @param foldedInto the outage that explains it
 * @param finding how we know and what it is
 * @param run the newest red run
 * @param evidence what its artifacts show; null without evidence
 * @param known who already cares for it; null if nobody is known to
 * @param links where to look
 * @param people who is told and why
 * @param commands what to type
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
        Fragment.Timestamp since,
        Fragment.@Nullable Timestamp until,
        Fragment.@Nullable Code foldedInto,
        Finding finding,
        @Nullable Run run,
        @Nullable Evidence evidence,
        @Nullable KnownIssue known,
        List<Fragment.Link> links,
        People people,
        List<CommandHint> commands) {

    /** Copies the lists. */
    public MessageModel {
        details = List.copyOf(details);
        links = List.copyOf(links);
        commands = List.copyOf(commands);
    }

    /**
     * How we know, and what it is.
     *
     * @param why what opened it: the counts; empty if the text says so already
     * @param runs red runs that belong to it
     * @param lanes the jobs that were red
     * @param pulls the pull requests that were hit
     * @param sig the SIG that can mend it; null for none or several
     * @param rule the rule that decided
     * @param because why it decided so; empty if the trace does not say
     * @param unclear whether nothing decides, so that all of this is a guess
     * @param doubt what it may be instead; null if nothing says that
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

    /** What it may be where nothing decides: the one, or the other. */
    public record Ambiguity(String sharedCause, String changeCause) {}

    /**
     * A red run.
     *
     * @param description Prow's words
     * @param endedAt when it ended, where known
     */
    public record Run(Fragment.Code job, String description, Fragment.@Nullable Timestamp endedAt) {}

    /**
     * What the artifacts show.
     *
     * @param excerpt the first lines of the cause; null for none
     * @param log where they stand
     * @param tests failing tests
     * @param failed how many failed
     * @param occurrences where else the same failure was seen; null if nobody has compared
     */
    public record Evidence(
            Fragment.@Nullable Block excerpt,
            Fragment.@Nullable Link log,
            Fragment.TruncatedList tests,
            int failed,
            @Nullable Occurrences occurrences) {}

    /**
     * Where else the same failure was seen.
     *
     * @param where on how many lanes and pull requests
     * @param since when first; null if it was seen once
     * @param novelty that it is new; empty if it is not
     */
    public record Occurrences(String where, Fragment.@Nullable Timestamp since, String novelty) {}

    /**
     * What somebody already cares for.
     *
     * @param issue where to follow it
     * @param owner who cares for it
     * @param until the last day on which it counts
     * @param muted whether nobody is called because of it until then
     */
    public record KnownIssue(Fragment.Link issue, String owner, String until, boolean muted) {}

    /**
     * Who is told.
     *
     * @param responsible the member who has it
     * @param level as which
     * @param sigContact the person of the SIG who can mend it
     * @param notifyAt when the member hears of it, if not at once
     * @param reasons why this person at this hour
     * @param acknowledgedBy who took it on
     * @param snoozedUntil until when it is quiet
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
     * Something to type.
     *
     * @param text as it is typed
     * @param description what it does
     */
    public record CommandHint(Fragment.Code text, String description) {}
}
