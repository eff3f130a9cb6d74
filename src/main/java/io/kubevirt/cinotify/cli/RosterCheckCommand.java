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
package io.kubevirt.cinotify.cli;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.roster.Finding;
import io.kubevirt.cinotify.roster.RosterCheck;
import io.kubevirt.cinotify.settings.Settings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Gaps, drift and doubts. They are worth knowing but keep nothing from working, so the command ends with 0. */
@Command(
        name = "check",
        description = "Gaps over a week, drift against OWNERS_ALIASES, unknown handles, fixed offsets.",
        mixinStandardHelpOptions = true)
final class RosterCheckCommand implements Callable<Integer> {

    @Mixin
    ConfigOptions config;

    @Mixin
    Output output;

    @Mixin
    AtOption at;

    @Spec
    CommandSpec spec;

    @Override
    public Integer call() throws InvalidDocument {
        Settings settings = config.load();
        String alias = settings.file().roster().membersAlias();
        RosterCheck check = new RosterCheck(
                settings.roster(),
                settings.overlay(),
                settings.sigs(),
                settings.aliases(),
                alias == null ? List.of() : List.of(alias));
        PrintWriter out = spec.commandLine().getOut();
        for (Finding finding : check.findings(at.instant())) {
            out.println(output.isJson() ? Output.json(finding) : finding);
        }
        return 0;
    }
}
