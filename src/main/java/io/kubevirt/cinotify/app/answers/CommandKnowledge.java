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

import io.kubevirt.cinotify.command.Access;
import io.kubevirt.cinotify.command.Knowledge;
import io.kubevirt.cinotify.command.Targets;
import io.kubevirt.cinotify.diagnosis.SigNames;
import io.kubevirt.cinotify.incident.Addressing;
import io.kubevirt.cinotify.notice.template.GitHubMarkdown;
import io.kubevirt.cinotify.prow.RunUrlReader;
import io.kubevirt.cinotify.roster.LastTold;
import io.kubevirt.cinotify.roster.Sig;
import io.kubevirt.cinotify.settings.CommandSettings;
import io.kubevirt.cinotify.settings.Settings;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The settings in force as those who answer commands see them. */
final class CommandKnowledge {

    private CommandKnowledge() {}

    static Knowledge of(Settings settings) {
        Set<String> names = settings.sigs().sigs().stream().map(Sig::shortName).collect(Collectors.toSet());
        Map<String, String> aliases =
                Objects.requireNonNullElse(settings.file().routing().sigAliases(), Map.of());
        CommandSettings commands = CommandSettings.orDefault(settings.file().commands());
        return new Knowledge(
                new Targets(
                        Set.copyOf(settings.file().areas().keySet()),
                        settings.sigs(),
                        new SigNames(names, aliases),
                        settings.jobs()),
                new Access(settings.roster(), settings.sigs(), settings.aliases()),
                new Addressing(settings.roster(), settings.sigs(), LastTold.never()),
                settings.diagnoser(),
                new RunUrlReader(settings.addresses()),
                settings.file().routing().fallback().area(),
                new Knowledge.Limits(
                        commands.callsPerPersonOrDefault(),
                        commands.callsPerConversationOrDefault(),
                        commands.answersPerPersonOrDefault()),
                new GitHubMarkdown());
    }
}
