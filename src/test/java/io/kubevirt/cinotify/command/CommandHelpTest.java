// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The help lists every command. */
class CommandHelpTest {

    @Test
    void theDocumentationHasTheTable() throws IOException {
        assertThat(Files.readString(Path.of("docs", "commands.md"))).contains(String.join("\n", CommandHelp.table()));
    }

    /** A README without any word of the commands is behind; one that lists them lists all of them. */
    @Test
    void aReadmeWithCommandsListsAllOfThem() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        if (readme.contains("\n| `/ci-notify")) {
            assertThat(readme).contains(String.join("\n", CommandHelp.table()));
        }
    }

    @Test
    void everyCommandHasHelpAndEveryExampleParses() {
        Set<String> verbs = CommandHelp.entries().stream()
                .flatMap(entry -> entry.examples().stream())
                .flatMap(example -> Command.parseAll(example).stream())
                .map(Command::verb)
                .collect(Collectors.toSet());
        assertThat(verbs).containsAll(CommandRegistry.VERBS).contains("tell");
        assertThat(CommandHelp.entries()).allSatisfy(entry -> {
            assertThat(entry.examples()).isNotEmpty();
            for (String example : entry.examples()) {
                List<Command> requests = Command.parseAll(example);
                assertThat(requests).hasSize(1);
                assertThat(requests.getFirst().permission()).as(example).isEqualTo(entry.permission());
            }
        });
    }
}
