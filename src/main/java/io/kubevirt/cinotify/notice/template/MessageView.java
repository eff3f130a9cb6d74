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
package io.kubevirt.cinotify.notice.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a template can show of a message. All words may be from outside: the channel's {@link Dialect} writes them.
 *
 * @param kind {@code opened}, {@code resolved}, …
 * @param title what it is about
 * @param text what is said, in a sentence
 * @param further what follows it, a line each; only where somebody takes over
 * @param problem what the incident is about: {@code lane}, {@code outage}, {@code missing-run}, …
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
public record MessageView(
        String kind,
        String title,
        String text,
        List<String> further,
        String problem,
        String id,
        String state,
        boolean open,
        boolean blocking,
        Piece.Moment since,
        Piece.@Nullable Moment until,
        Piece.@Nullable Code foldedInto,
        Finding finding,
        @Nullable Run run,
        @Nullable Evidence evidence,
        @Nullable KnownIssue known,
        List<Piece.Link> links,
        People people,
        List<Command> commands) {

    /** Copies the lists. */
    public MessageView {
        further = List.copyOf(further);
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
            Piece.Listing lanes,
            Piece.Listing pulls,
            String cause,
            String area,
            @Nullable String sig,
            String confidence,
            String rule,
            String because,
            boolean unclear,
            @Nullable Doubt doubt) {}

    /** What it may be where nothing decides: the one, or the other. */
    public record Doubt(String oneHand, String otherHand) {}

    /**
     * A red run.
     *
     * @param description Prow's words
     * @param endedAt when it ended, where known
     */
    public record Run(Piece.Code job, String description, Piece.@Nullable Moment endedAt) {}

    /**
     * What the artifacts show.
     *
     * @param excerpt the first lines of the cause; null for none
     * @param log where they stand
     * @param tests failing tests
     * @param failed how many failed
     * @param same where else the same failure was seen; null if nobody has compared
     */
    public record Evidence(
            Piece.@Nullable Block excerpt,
            Piece.@Nullable Link log,
            Piece.Listing tests,
            int failed,
            @Nullable Same same) {}

    /**
     * Where else the same failure was seen.
     *
     * @param where on how many lanes and pull requests
     * @param since when first; null if it was seen once
     * @param news that it is new; empty if it is not
     */
    public record Same(String where, Piece.@Nullable Moment since, String news) {}

    /**
     * What somebody already cares for.
     *
     * @param issue where to follow it
     * @param owner who cares for it
     * @param until the last day on which it counts
     * @param muted whether nobody is called because of it until then
     */
    public record KnownIssue(Piece.Link issue, String owner, String until, boolean muted) {}

    /**
     * Who is told.
     *
     * @param responsible the member who has it
     * @param level as which
     * @param forTheSig the person of the SIG who can mend it
     * @param at when the member hears of it, if not at once
     * @param reasons why this person at this hour
     * @param acknowledgedBy who took it on
     * @param snoozedUntil until when it is quiet
     */
    public record People(
            Piece.@Nullable Person responsible,
            @Nullable String level,
            Piece.@Nullable Person forTheSig,
            Piece.@Nullable Moment at,
            List<String> reasons,
            Piece.@Nullable Person acknowledgedBy,
            Piece.@Nullable Moment snoozedUntil) {

        /** Copies the reasons. */
        public People {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Something to type.
     *
     * @param typed as it is typed
     * @param does what it does
     */
    public record Command(Piece.Code typed, String does) {}
}
