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
package io.kubevirt.cinotify.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What people are told of the commands is what there is. */
class ManualTest {

    @Test
    void theDocumentHasTheTable() throws IOException {
        assertThat(Files.readString(Path.of("docs", "commands.md"))).contains(String.join("\n", Manual.table()));
    }

    /** A README without any word of the commands is behind; one that lists them lists all of them. */
    @Test
    void aReadmeThatListsThemListsAll() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        if (readme.contains("| `/ci-notify")) {
            assertThat(readme).contains(String.join("\n", Manual.table()));
        }
    }

    @Test
    void everyCommandIsInItAndEveryExampleIsOne() {
        Set<String> verbs = Manual.entries().stream()
                .flatMap(entry -> entry.examples().stream())
                .flatMap(example -> Grammar.read(example).stream())
                .map(Request::verb)
                .collect(Collectors.toSet());
        assertThat(verbs).containsAll(Grammar.VERBS).contains("tell");
        assertThat(Manual.entries()).allSatisfy(entry -> {
            assertThat(entry.examples()).isNotEmpty();
            for (String example : entry.examples()) {
                List<Request> requests = Grammar.read(example);
                assertThat(requests).hasSize(1);
                assertThat(Access.of(requests.getFirst())).as(example).isEqualTo(entry.right());
            }
        });
    }
}
