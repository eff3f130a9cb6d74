// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.diagnosis.Diagnoser;
import io.kubevirt.cinotify.incident.notify.RecipientResolver;
import io.kubevirt.cinotify.notify.template.Markup;
import io.kubevirt.cinotify.prow.RunUrlReader;
import java.util.Set;

/**
 * The configuration that commands use.
 *
 * @param targets without jobs that readers of the conversation must not see
 * @param supportArea the area for everything that belongs to a SIG
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
     * Limits per hour.
     *
     * @param perPerson requests of one person that notify people
     * @param perConversation requests in one conversation that notify people
     * @param answers commands of one person, of any kind
     */
    public record Limits(int perPerson, int perConversation, int answers) {}

    Set<String> areas() {
        return targets.areas();
    }
}
