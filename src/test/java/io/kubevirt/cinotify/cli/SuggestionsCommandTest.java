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

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.command.Moved;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules that people have taught, on the command line. */
class SuggestionsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void whatWasReassignedIsPrintedAsARule() {
        EmbeddedStore.in(folder).store().inTransaction(transaction -> {
            Moved moved = new Moved(
                    NOON,
                    "dhiller",
                    "6c64f78b1d",
                    "pull-a",
                    "a/b",
                    "default",
                    "compute",
                    "sig-support",
                    "network",
                    "sig-support");
            transaction.commands().add(moved);
            transaction.commands().add(moved);
            return true;
        });

        Terminal.Result text = Terminal.run("suggestions", "--data-dir", folder.toString(), "--output", "text");
        assertThat(text.code()).isZero();
        assertThat(text.out()).containsOnlyOnce("job: '^pull-a$'").contains("sig: 'network'");

        Terminal.Result json = Terminal.run("suggestions", "--data-dir", folder.toString(), "--output", "json");
        assertThat(json.out()).contains("\"incident\":\"6c64f78b1d\"");
    }

    @Test
    void aFolderWithoutAStoreIsSaid() {
        Terminal.Result terminal =
                Terminal.run("suggestions", "--data-dir", folder.resolve("none").toString());
        assertThat(terminal.code()).isEqualTo(1);
        assertThat(terminal.err()).contains("--data-dir", "name the one that serve was given");

        assertThat(Terminal.run("suggestions", "--data-dir", folder.toString()).err())
                .contains("there is no store of ci-notify");
    }
}
