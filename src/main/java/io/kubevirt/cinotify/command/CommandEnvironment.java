// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.incident.notify.RecipientResolver;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.prow.RunUrlReader;
import java.util.Set;

/**
 * What answers are made of: the settings in force.
 *
 * @param targets what words name
 * @param permissions who may do what
 * @param recipients who is responsible
 * @param diagnoser whose a job is
 * @param urls reads links to runs
 * @param supportArea the area of whatever a SIG can mend
 * @param limits how often people may ask
 * @param markup how text from outside is written
 */
public record CommandEnvironment(
        TargetResolver targets,
        Permissions permissions,
        RecipientResolver recipients,
        Diagnoser diagnoser,
        RunUrlReader urls,
        String supportArea,
        Limits limits,
        Markup markup) {

    /**
     * How often people may be asked to be told, and plugins to answer, within an hour.
     *
     * @param perPerson requests that call people, of one person
     * @param perConversation requests that call people, in one conversation
     * @param answers commands of any sort, of one person
     */
    public record Limits(int perPerson, int perConversation, int answers) {}

    Set<String> areas() {
        return targets.areas();
    }
}
