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
package io.kubevirt.cinotify.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.notice.github.GitHubRules;
import io.kubevirt.cinotify.prow.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitHubReaderTest {

    @TempDir
    Path folder;

    private int folders;

    private SettingsFolder with(String section) throws Exception {
        SettingsFolder settings = SettingsFolder.in(folder.resolve("config" + ++folders));
        Path file = settings.path().resolve(SettingsLoader.FILE);
        Files.writeString(file, Files.readString(file) + "\n" + section);
        return settings;
    }

    private static Settings load(SettingsFolder settings) throws Exception {
        return new SettingsLoader(settings.path(), null).load();
    }

    @Test
    void withoutASectionNothingIsSaid() throws Exception {
        assertThat(load(with("")).github()).isEqualTo(GitHubRules.QUIET);
    }

    @Test
    void theSectionIsRead() throws Exception {
        GitHubRules rules = load(with("""
                links:
                  - {words: history, url: "https://prow.example.org/{directory}"}
                github:
                  issues: {repository: example/ci, lanes: true, labels: ["sig/{sig}"]}
                  comment: blocking
                """)).github();

        assertThat(rules.issues()).isEqualTo(Repository.of("example/ci"));
        assertThat(rules.always()).isTrue();
        assertThat(rules.comments()).isEqualTo(GitHubRules.Comments.BLOCKING);
        assertThat(rules.mostComments()).isEqualTo(5);
    }

    @Test
    void everySlipIsToldWithItsPlace() throws Exception {
        assertThat(with("""
                links:
                  - {words: history, url: "https://prow.example.org/{jobb}"}
                  - {words: other, url: "prow.example.org"}
                github:
                  issues: {repository: example, areaLabels: {nonsense: [x]}}
                  mostComments: 0
                """).problems())
                .hasSize(5)
                .anyMatch(problem -> problem.contains("\"example\" is no repository; write org/name"))
                .anyMatch(problem -> problem.contains("there is no area \"nonsense\"; use one of "))
                .anyMatch(problem -> problem.contains("mostComments is 0"))
                .anyMatch(problem -> problem.contains("nothing is known by the name {jobb}; use one of {build}, "))
                .anyMatch(problem -> problem.contains("\"prow.example.org\" is no address of the web"));
        assertThat(with("github: {comment: sometimes}").problems())
                .singleElement()
                .asString()
                .contains("github.comment: \"sometimes\" is not what belongs there");
    }
}
