// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
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
public record Permissions(Roster roster, SigDirectory sigs, OwnersAliases aliases) {

    /** What a command needs. */
    public enum Permission {
        /** It only reads: anybody. */
        READ("anyone"),
        /** It calls people: those whom Prow trusts, and the author of a pull request on his own one. */
        NOTIFY("members of the organisation, collaborators, and the author of a pull request on that pull request"),
        /** It changes an incident: the operations group and the people of the incident's SIG. */
        MANAGE("the CI operations group and the people of the SIG concerned"),
        /** It is the group's own. */
        DRILL("the CI operations group");

        private final String grantedTo;

        Permission(String who) {
            this.grantedTo = who;
        }

        /** Who has it, for people. */
        public String grantedTo() {
            return grantedTo;
        }
    }

    /** What a request needs. */
    public static Permission required(Command request) {
        return switch (request) {
            case Command.Triage ask -> Permission.NOTIFY;
            case Command.Notify tell -> Permission.NOTIFY;
            case Command.IncidentCommand incident -> Permission.MANAGE;
            case Command.Drill drill -> Permission.DRILL;
            case Command.Explain explain -> Permission.READ;
            case Command.Who who -> Permission.READ;
            case Command.Status status -> Permission.READ;
            case Command.Help help -> Permission.READ;
            case Command.Suggestions suggestions -> Permission.READ;
        };
    }

    /** Whether somebody is in one of our files, so that nobody needs to be asked whether to trust them. */
    public boolean isListed(String handle) {
        return isMember(handle)
                || sigs.handles().contains(handle)
                || aliases.handles().contains(handle);
    }

    boolean isMember(String handle) {
        return roster.member(handle).isPresent();
    }

    boolean mayNotify(CommandContext facts) {
        Comment comment = facts.comment();
        boolean ownPull = comment.conversation().pull() && comment.isByAuthor();
        return ownPull || facts.trusted() || isListed(comment.author());
    }

    boolean mayHandle(String handle, Diagnosis diagnosis) {
        return isMember(handle) || diagnosis.hasSig() && isOfSig(handle, diagnosis.sig());
    }

    private boolean isOfSig(String handle, String sig) {
        boolean leads =
                sigs.people(sig).stream().anyMatch(person -> person.handle().equalsIgnoreCase(handle));
        String group = TargetResolver.sigName(sig);
        return leads
                || aliases.names().stream()
                        .filter(name -> name.equals(group) || name.startsWith(group + "-"))
                        .anyMatch(name -> aliases.people(name).orElseThrow().contains(handle));
    }
}
