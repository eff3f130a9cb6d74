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

import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.settings.Settings;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How Slack is reached, and as which app; which channel hears of what is in the settings. */
final class SlackOptions {

    @Option(
            names = "--slack-endpoint",
            paramLabel = "URL",
            description = "Slack's Web API, or a proxy for it (https://slack.com/api/).")
    @Nullable URI endpoint;

    @Option(
            names = "--slack-token-file",
            paramLabel = "FILE",
            description = "File with the bot token of Slack's app; a new one in it counts at once.")
    @Nullable Path tokenFile;

    List<Problem> problems(Settings settings) {
        List<Problem> problems = new ArrayList<>();
        if (endpoint != null && !isWeb(endpoint)) {
            problems.add(Problem.ofFile(
                    "--slack-endpoint", endpoint + " is no address of the web", "write https://slack.com/api/"));
        }
        if (tokenFile != null && !Files.isReadable(tokenFile)) {
            problems.add(Problem.ofFile(
                    "--slack-token-file",
                    tokenFile + " cannot be read",
                    "mount the secret there, or name another file"));
        }
        if (tokenFile != null && settings.targets().slack() == null) {
            problems.add(Problem.ofFile(
                    "--slack-token-file",
                    "is given, but the settings do not say which channel hears of what",
                    "add a section slack with a channel, or leave the option out"));
        }
        return problems;
    }

    private static boolean isWeb(URI address) {
        return ("https".equals(address.getScheme()) || "http".equals(address.getScheme())) && address.getHost() != null;
    }

    /** What the server reads. */
    Map<String, String> properties() {
        Map<String, String> properties = new LinkedHashMap<>();
        if (endpoint != null) {
            properties.put("ci-notify.slack-endpoint", endpoint.toString());
        }
        if (tokenFile != null) {
            properties.put("ci-notify.slack-token-file", tokenFile.toString());
        }
        return properties;
    }
}
