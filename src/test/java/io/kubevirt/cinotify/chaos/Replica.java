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
package io.kubevirt.cinotify.chaos;

import io.kubevirt.cinotify.fixture.FakePlugins;
import io.kubevirt.cinotify.fixture.PluginProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A plugin at one address that is killed and started again. */
final class Replica implements AutoCloseable {

    private static final long LONGEST_LIFE = 2_500;
    private static final long PATIENCE = 60_000;

    private final Path home;
    private final List<String> java;
    private final String[] options;
    private final int port = FakePlugins.freePort();
    private final int healthPort = FakePlugins.freePort();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private @Nullable PluginProcess process;

    Replica(Path home, List<String> java, List<String> options) throws IOException {
        this.home = home;
        this.java = java;
        List<String> all = new ArrayList<>(options);
        all.add("--port=" + port);
        all.add("--health-port=" + healthPort);
        this.options = all.toArray(String[]::new);
    }

    URI webhooks() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** What any of its processes logged as an error. */
    Queue<String> complaints() {
        return complaints;
    }

    PluginProcess live() throws IOException {
        if (process == null) {
            process = PluginProcess.serve(home, java, options);
        }
        return process;
    }

    /** Lives until it is killed: some die while they start, most when they have been at work for a while. */
    void liveAndDie(Random random) throws IOException, InterruptedException {
        PluginProcess living = live();
        boolean early = random.nextInt(4) == 0;
        if (early) {
            Thread.sleep(random.nextLong(LONGEST_LIFE / 2));
        } else {
            awaitReady(living);
            Thread.sleep(random.nextLong(LONGEST_LIFE / 2));
        }
        living.kill();
        note(living);
        process = null;
    }

    private static void awaitReady(PluginProcess living) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE * 1_000_000;
        while (!living.isReady()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it does not become ready\n" + String.join("\n", living.errors()));
            }
            Thread.sleep(10);
        }
    }

    private void note(PluginProcess ended) {
        ended.errors().stream()
                .filter(line -> line.contains(" ERROR ") || line.startsWith("\tat io.kubevirt"))
                .forEach(complaints::add);
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            process.close();
            note(process);
        }
    }
}
