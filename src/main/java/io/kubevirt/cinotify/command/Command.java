// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import org.jspecify.annotations.Nullable;

/** What a person asks of the plugin, as far as the words alone tell. */
public sealed interface Command {

    /** The command's own name: one comment of answers per conversation for each. */
    String verb();

    /** Whoever is responsible for what is red here is to be told. */
    record Triage() implements Command {
        @Override
        public String verb() {
            return "tell";
        }
    }

    /**
     * Whoever is responsible for something is to be told.
     *
     * @param target an area, a SIG or a job
     * @param text what else the person wrote; outside text, escape it
     */
    record Notify(String target, String text) implements Command {
        @Override
        public String verb() {
            return "tell";
        }
    }

    /** What concerns one incident. */
    sealed interface IncidentCommand extends Command {
        /** The identity of the incident; null for the one that is talked of where it is written. */
        @Nullable String incident();
    }

    /** I see to it. */
    record Acknowledge(@Nullable String incident) implements IncidentCommand {
        @Override
        public String verb() {
            return "ack";
        }
    }

    /**
     * Be quiet for a time.
     *
     * @param until {@code 4h}, {@code until monday}, a date; empty if left out
     */
    record Snooze(@Nullable String incident, String until) implements IncidentCommand {
        @Override
        public String verb() {
            return "snooze";
        }
    }

    /**
     * It is somebody else's.
     *
     * @param to an area, a SIG or {@code @member}; empty if left out
     */
    record Reassign(@Nullable String incident, String to) implements IncidentCommand {
        @Override
        public String verb() {
            return "reassign";
        }
    }

    /** It is over. */
    record Resolve(@Nullable String incident) implements IncidentCommand {
        @Override
        public String verb() {
            return "resolve";
        }
    }

    /**
     * What is decided about something, and why.
     *
     * @param subject a job, an incident or the address of a run; empty for what is red here
     */
    record Explain(String subject) implements Command {
        @Override
        public String verb() {
            return "explain";
        }
    }

    /**
     * Who is responsible now.
     *
     * @param target an area or a SIG; empty for all areas
     */
    record Who(String target) implements Command {
        @Override
        public String verb() {
            return "who";
        }
    }

    /** What is open that touches this conversation. */
    record Status() implements Command {
        @Override
        public String verb() {
            return "status";
        }
    }

    /** How it is used. */
    record Help() implements Command {
        @Override
        public String verb() {
            return "help";
        }
    }

    /** The rules that would have been right where people reassigned. */
    record Suggestions() implements Command {
        @Override
        public String verb() {
            return "suggestions";
        }
    }

    /** A rehearsal, to oneself. */
    record Drill() implements Command {
        @Override
        public String verb() {
            return "drill";
        }
    }
}
