// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.NotificationBuilder;
import io.kubevirt.cinotify.notify.OutgoingMessage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which incidents a conversation is about. */
class ConversationThreadsTest {

    private static final String REPOSITORY = "example/infra";

    @TempDir
    private Path folder;

    private List<String> threadsAt(Store store, int number) {
        return store.read(
                transaction -> transaction.messages().threadsAt("github", REPOSITORY + "#" + number, REPOSITORY));
    }

    @Test
    void theIssueOfAnIncidentIsAboutTheIncidentAndNoOtherIssueIs() {
        Store store = EmbeddedStore.in(folder).store();
        OutgoingMessage opened = new NotificationBuilder("1").opened(Examples.NOON);
        store.inTransaction(transaction -> transaction
                .messages()
                .add(
                        opened,
                        List.of(new MessageTable.Entry("github", REPOSITORY, MessageForm.SEND, Examples.NOON)),
                        Examples.NOON));
        assertThat(threadsAt(store, 7)).isEmpty();

        store.inTransaction(transaction -> {
            transaction
                    .outbox()
                    .setRoot(
                            new MessageThread.Key("github", REPOSITORY, opened.thread()),
                            new MessageThread.Root(REPOSITORY + "#7", 1, 0, null, null));
            return true;
        });

        assertThat(threadsAt(store, 7)).containsExactly(opened.thread());
        assertThat(threadsAt(store, 8)).isEmpty();
    }
}
