// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

import io.kubevirt.cinotify.fixture.EmbeddedStore;
import io.kubevirt.cinotify.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Shows the board of {@link MondayMorning} at http://127.0.0.1:PORT/; the first argument is the port. Ends with the input. */
final class BoardDemo {
    private BoardDemo() {}

    public static void main(String... arguments) throws Exception {
        Path folder = Files.createTempDirectory("board-demo");
        Path secret = Files.writeString(folder.resolve("secret"), "demo");
        Store store = EmbeddedStore.in(folder).store();
        MondayMorning.fill(store);
        int port = Integer.parseInt(arguments[0]);
        try (BoardFixture board = new BoardFixture(
                store,
                new BoardOptions(
                        port,
                        "127.0.0.1",
                        null,
                        new BoardOptions.Proxy("X-Forwarded-User", secret),
                        null,
                        List.of()))) {
            System.out.println("http://127.0.0.1:" + board.port() + "/");
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }
}
