// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Permissions.Permission;
import java.util.List;

/** The commands as people are told of them: by deck, by {@code /ci-notify help}, in the documents. */
public final class CommandHelp {

    /**
     * One command.
     *
     * @param usage how it is written; capitals stand for something to fill in
     * @param featured whether it is shown before others
     * @param description what it does, in plain sentences
     * @param examples ready to type
     * @param permission what it needs
     */
    public record Entry(
            String usage, boolean featured, String description, List<String> examples, Permission permission) {

        /** Copies the examples. */
        public Entry {
            examples = List.copyOf(examples);
        }
    }

    private static final String ONE_OF =
            " Works on an incident's comment or issue, or with the incident's id anywhere, in closed conversations too.";

    private static final List<Entry> ENTRIES = List.of(
            new Entry(
                    "/ci-notify",
                    true,
                    "On a pull request: finds out what its red required checks are and tells whoever is responsible, each"
                            + " person once. On an issue: tells whoever is responsible for the area or SIG of its label.",
                    List.of("/ci-notify"),
                    Permission.NOTIFY),
            new Entry(
                    "/ci-notify AREA|SIG|JOB [words]",
                    true,
                    "Tells the responsible member of an area, a SIG or a job, with the words and a link. On an issue it also"
                            + " sets the labels of the area and the SIG, where the repository has them.",
                    List.of(
                            "/ci-notify prow tide does not merge",
                            "/ci-notify sig-example our lane cannot pull images"),
                    Permission.NOTIFY),
            new Entry(
                    "/ci-notify ack [ID]",
                    true,
                    "You see to the incident: nobody else is told." + ONE_OF,
                    List.of("/ci-notify ack", "/ci-notify ack 6c64f78b1d"),
                    Permission.MANAGE),
            new Entry(
                    "/ci-notify snooze 4h|until monday|DATE [ID]",
                    false,
                    "The incident is quiet until then; if it is still open, it is said again." + ONE_OF,
                    List.of("/ci-notify snooze 4h", "/ci-notify snooze until monday", "/ci-notify snooze 2026-12-01"),
                    Permission.MANAGE),
            new Entry(
                    "/ci-notify reassign AREA|SIG|@member [ID]",
                    false,
                    "The incident is somebody else's; it is remembered for the routing rules." + ONE_OF,
                    List.of("/ci-notify reassign sig-example", "/ci-notify reassign operations 6c64f78b1d"),
                    Permission.MANAGE),
            new Entry(
                    "/ci-notify resolve [ID]",
                    false,
                    "The incident is over, whatever its lanes say." + ONE_OF,
                    List.of("/ci-notify resolve"),
                    Permission.MANAGE),
            new Entry(
                    "/ci-notify explain [JOB|URL|ID]",
                    false,
                    "Shows what is decided about a job, a run, an incident or the red checks here, and why.",
                    List.of("/ci-notify explain", "/ci-notify explain 6c64f78b1d"),
                    Permission.READ),
            new Entry(
                    "/ci-notify who [AREA|SIG]",
                    false,
                    "Shows who is responsible now and who is next, without calling them.",
                    List.of("/ci-notify who", "/ci-notify who sig-example"),
                    Permission.READ),
            new Entry(
                    "/ci-notify status",
                    false,
                    "Shows the open incidents that touch this conversation or its repository.",
                    List.of("/ci-notify status"),
                    Permission.READ),
            new Entry(
                    "/ci-notify suggestions",
                    false,
                    "Shows, as YAML to paste, the routing rules that would have been right where people reassigned.",
                    List.of("/ci-notify suggestions"),
                    Permission.READ),
            new Entry(
                    "/ci-notify drill",
                    false,
                    "A rehearsal: an incident that only you are told of, marked as a drill.",
                    List.of("/ci-notify drill"),
                    Permission.DRILL),
            new Entry("/ci-notify help", false, "Shows this.", List.of("/ci-notify help"), Permission.READ));

    private CommandHelp() {}

    /** Every command, in the order in which it is shown. */
    public static List<Entry> entries() {
        return ENTRIES;
    }

    /** The same as a table in Markdown, a line each, without a line end. */
    public static List<String> table() {
        List<String> lines = new java.util.ArrayList<>(List.of("| command | does | who |", "|---|---|---|"));
        ENTRIES.forEach(entry -> lines.add("| `" + entry.usage().replace("|", "\\|") + "` | " + entry.description()
                + " | " + entry.permission().grantedTo() + " |"));
        return lines;
    }
}
