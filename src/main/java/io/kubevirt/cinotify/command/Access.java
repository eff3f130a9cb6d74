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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.roster.OwnersAliases;
import io.kubevirt.cinotify.roster.Roster;
import io.kubevirt.cinotify.roster.SigDirectory;

/**
 * Who may do what.
 *
 * @param roster the members of the operations group
 * @param sigs the people of the SIGs
 * @param aliases the SIGs' groups in OWNERS_ALIASES
 */
public record Access(Roster roster, SigDirectory sigs, OwnersAliases aliases) {

    /** What a command needs. */
    public enum Right {
        /** It only reads: anybody. */
        READ("anyone"),
        /** It calls people: those whom Prow trusts, and the author of a pull request on his own one. */
        TELL("members of the organisation, collaborators, and the author of a pull request on that pull request"),
        /** It changes an incident: the operations group and the people of the incident's SIG. */
        HANDLE("the CI operations group and the people of the SIG concerned"),
        /** It is the group's own. */
        REHEARSE("the CI operations group");

        private final String who;

        Right(String who) {
            this.who = who;
        }

        /** Who has it, for people. */
        public String who() {
            return who;
        }
    }

    /** What a request needs. */
    public static Right of(Request request) {
        return switch (request) {
            case Request.Ask ask -> Right.TELL;
            case Request.Tell tell -> Right.TELL;
            case Request.OfIncident incident -> Right.HANDLE;
            case Request.Drill drill -> Right.REHEARSE;
            case Request.Explain explain -> Right.READ;
            case Request.Who who -> Right.READ;
            case Request.Status status -> Right.READ;
            case Request.Help help -> Right.READ;
            case Request.Suggestions suggestions -> Right.READ;
        };
    }

    /** Whether somebody is in one of our files, so that nobody needs to be asked whether to trust them. */
    public boolean knows(String handle) {
        return isMember(handle)
                || sigs.handles().contains(handle)
                || aliases.handles().contains(handle);
    }

    boolean isMember(String handle) {
        return roster.member(handle).isPresent();
    }

    boolean mayTell(Facts facts) {
        Comment comment = facts.comment();
        boolean ownPull = comment.conversation().pull() && comment.isByAuthor();
        return ownPull || facts.trusted() || knows(comment.author());
    }

    boolean mayHandle(String handle, Diagnosis diagnosis) {
        return isMember(handle) || diagnosis.hasSig() && isOfSig(handle, diagnosis.sig());
    }

    private boolean isOfSig(String handle, String sig) {
        boolean leads =
                sigs.people(sig).stream().anyMatch(person -> person.handle().equalsIgnoreCase(handle));
        String group = Targets.sigWord(sig);
        return leads
                || aliases.names().stream()
                        .filter(name -> name.equals(group) || name.startsWith(group + "-"))
                        .anyMatch(name -> aliases.people(name).orElseThrow().contains(handle));
    }
}
