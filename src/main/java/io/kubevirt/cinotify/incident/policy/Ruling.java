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
package io.kubevirt.cinotify.incident.policy;

import java.util.List;

/** Something decided, with the reasons that the trace shows. */
public sealed interface Ruling {

    /** Why, a sentence a step. */
    List<String> reasons();

    /** Say something, at its instant. */
    record Say(Message message, List<String> reasons) implements Ruling {
        /** Copies the reasons. */
        public Say {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Take back what was to be said later.
     *
     * @param message its identity
     * @param why by what name the runs that led to it are counted
     */
    record Withdraw(String message, Reason why, List<String> reasons) implements Ruling {
        /** Copies the reasons. */
        public Withdraw {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * A run has found its fate.
     *
     * @param run its identity
     */
    record Settle(String run, Fate fate, List<String> reasons) implements Ruling {
        /** Copies the reasons. */
        public Settle {
            reasons = List.copyOf(reasons);
        }
    }

    /** A command that changes nothing. */
    record Refuse(Command command, List<String> reasons) implements Ruling {
        /** Copies the reasons. */
        public Refuse {
            reasons = List.copyOf(reasons);
        }
    }
}
