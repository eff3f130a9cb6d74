// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.command.Reassignment;
import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.incident.DiagnosisFeedback;
import io.kubevirt.cinotify.routing.Cause;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules that people have taught, on the command line. */
class SuggestionsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void aReassignmentIsPrintedAsARule() {
        EmbeddedStore.in(folder).store().inTransaction(transaction -> {
            Reassignment moved = new Reassignment(
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
            transaction
                    .feedback()
                    .add(new DiagnosisFeedback(
                            moved.at(),
                            "somebody",
                            DiagnosisFeedback.Kind.WRONG_CAUSE,
                            "6c64f78b1d",
                            null,
                            null,
                            "image-pull",
                            Cause.INFRASTRUCTURE,
                            "none",
                            "operations",
                            ""));
            return true;
        });

        Terminal.Result text = Terminal.run("suggestions", "--data-dir", folder.toString(), "--output", "text");
        assertThat(text.code()).isZero();
        assertThat(text.out())
                .containsOnlyOnce("job: '^pull-a$'")
                .contains("sig: 'network'", "# rule image-pull: wrong cause 1, not ours 0");

        Terminal.Result json = Terminal.run("suggestions", "--data-dir", folder.toString(), "--output", "json");
        assertThat(json.out()).contains("\"incident\":\"6c64f78b1d\"", "\"kind\":\"wrong-cause\"");
    }

    @Test
    void aFolderWithoutAStoreIsReported() {
        Terminal.Result terminal =
                Terminal.run("suggestions", "--data-dir", folder.resolve("none").toString());
        assertThat(terminal.code()).isEqualTo(1);
        assertThat(terminal.err()).contains("--data-dir", "use the directory of serve");

        assertThat(Terminal.run("suggestions", "--data-dir", folder.toString()).err())
                .contains("no store of ci-notify");
    }
}
