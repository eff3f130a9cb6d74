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
package io.kubevirt.cinotify.app.answers;

import io.kubevirt.cinotify.command.Manual;
import io.kubevirt.cinotify.intake.hook.PluginHelp;
import java.util.List;

/** The commands in deck's form. */
public final class HelpCommands {

    private HelpCommands() {}

    /** Every command, with examples and with who can use it. */
    public static List<PluginHelp.Command> all() {
        return Manual.entries().stream()
                .map(entry -> new PluginHelp.Command(
                        entry.usage(),
                        entry.featured(),
                        PluginHelp.escaped(entry.description()),
                        entry.examples(),
                        PluginHelp.escaped(entry.right().who())))
                .toList();
    }
}
