// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine.comment;

import io.kubevirt.cinotify.command.CommandHelp;
import io.kubevirt.cinotify.source.webhook.PluginHelp;
import java.util.List;

/** The commands for the plugin help in deck. */
public final class PluginHelpCommands {

    private PluginHelpCommands() {}

    public static List<PluginHelp.Command> all() {
        return CommandHelp.entries().stream()
                .map(entry -> new PluginHelp.Command(
                        entry.usage(),
                        entry.featured(),
                        PluginHelp.escaped(entry.description()),
                        entry.examples(),
                        PluginHelp.escaped(entry.permission().grantedTo())))
                .toList();
    }
}
