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

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** Options of the channels to come: a deployment that names them starts today, and is told so. */
final class LaterOptions {

    @Option(names = "--slack-endpoint", description = "Slack's Web API.")
    @Nullable String slackEndpoint;

    @Option(names = "--slack-token-file", description = "File with Slack's token.")
    @Nullable String slackTokenFile;

    /** The names of those that were given. */
    List<String> given(CommandSpec spec) {
        Set<String> mine = CommandSpec.forAnnotatedObject(this).optionsMap().keySet();
        return spec.options().stream()
                .filter(option -> mine.contains(option.longestName()) && option.getValue() != null)
                .map(OptionSpec::longestName)
                .distinct()
                .sorted()
                .toList();
    }
}
