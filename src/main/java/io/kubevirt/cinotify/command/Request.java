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
package io.kubevirt.cinotify.command;

import org.jspecify.annotations.Nullable;

/** What a person asks of the plugin, as far as the words alone tell. */
public sealed interface Request {

    /** The command's own name: one comment of answers per conversation for each. */
    String verb();

    /** Whoever is responsible for what is red here is to be told. */
    record Ask() implements Request {
        @Override
        public String verb() {
            return "tell";
        }
    }

    /**
     * Whoever is responsible for something is to be told.
     *
     * @param target an area, a SIG or a job
     * @param words what else the person wrote; outside text, escape it
     */
    record Tell(String target, String words) implements Request {
        @Override
        public String verb() {
            return "tell";
        }
    }

    /** What concerns one incident. */
    sealed interface OfIncident extends Request {
        /** The identity of the incident; null for the one that is talked of where it is written. */
        @Nullable String incident();
    }

    /** I see to it. */
    record Acknowledge(@Nullable String incident) implements OfIncident {
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
    record Snooze(@Nullable String incident, String until) implements OfIncident {
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
    record Reassign(@Nullable String incident, String to) implements OfIncident {
        @Override
        public String verb() {
            return "reassign";
        }
    }

    /** It is over. */
    record Resolve(@Nullable String incident) implements OfIncident {
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
    record Explain(String subject) implements Request {
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
    record Who(String target) implements Request {
        @Override
        public String verb() {
            return "who";
        }
    }

    /** What is open that touches this conversation. */
    record Status() implements Request {
        @Override
        public String verb() {
            return "status";
        }
    }

    /** How it is used. */
    record Help() implements Request {
        @Override
        public String verb() {
            return "help";
        }
    }

    /** The rules that would have been right where people reassigned. */
    record Suggestions() implements Request {
        @Override
        public String verb() {
            return "suggestions";
        }
    }

    /** A rehearsal, to oneself. */
    record Drill() implements Request {
        @Override
        public String verb() {
            return "drill";
        }
    }
}
