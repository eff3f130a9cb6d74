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
package io.kubevirt.cinotify.app;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.kubevirt.cinotify.intake.DoorStatus;
import io.kubevirt.cinotify.intake.Journal;
import io.kubevirt.cinotify.intake.Timing;
import io.kubevirt.cinotify.intake.deck.DeckDoor;
import io.kubevirt.cinotify.intake.prowjobs.ClusterAccess;
import io.kubevirt.cinotify.intake.prowjobs.ProwJobDoor;
import io.kubevirt.cinotify.intake.prowjobs.ProwJobSource;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The doors that go out by themselves: those that the deployment names are opened at start and closed at the end. */
@ApplicationScoped
public class Doors implements Sight {

    /** Longer than the pause between two polls or two bookmarks of a watch: then it is dead, whatever it says. */
    static final Duration LONGEST_SILENCE = Duration.ofMinutes(3);

    /** When the doors are closed, in the order of the way out. */
    static final int CLOSED = 100;

    private final Deployment deployment;
    private final Journal journal;
    private final StoredMarks marks;
    private final InstantSource clock;
    private final List<OpenDoor> open = new CopyOnWriteArrayList<>();
    private volatile @Nullable Instant seeingSince;

    private record OpenDoor(String name, Supplier<DoorStatus> status, Runnable close) {}

    Doors(Deployment deployment, Journal journal, StoredMarks marks, InstantSource clock) {
        this.deployment = deployment;
        this.journal = journal;
        this.marks = marks;
        this.clock = clock;
    }

    void open(@Observes StartupEvent event) {
        if (deployment.deck().isPresent() || deployment.prowjobNamespace().isPresent()) {
            marks.beginWatch(clock.instant());
        }
        deployment.deck().ifPresent(this::openDeck);
        deployment.prowjobNamespace().ifPresent(this::openProwJobs);
    }

    void close(@Observes @Priority(CLOSED) ShutdownEvent event) {
        open.forEach(door -> door.close().run());
    }

    private void openDeck(String address) {
        DoorThread thread = new DoorThread(DeckDoor.NAME);
        DeckDoor door = new DeckDoor(URI.create(address), journal, timing(thread));
        open.add(new OpenDoor(DeckDoor.NAME, door::status, () -> {
            door.stop();
            thread.close();
        }));
        door.start();
    }

    private void openProwJobs(String namespace) {
        DoorThread thread = new DoorThread(ProwJobDoor.NAME);
        KubernetesClient client = ClusterAccess.open(deployment.kubeconfig().orElse(null));
        ProwJobDoor door = new ProwJobDoor(new ProwJobSource(client, namespace, clock), journal, marks, timing(thread));
        open.add(new OpenDoor(ProwJobDoor.NAME, door::status, () -> {
            door.stop();
            thread.close();
            client.close();
        }));
        door.start();
    }

    private Timing timing(DoorThread thread) {
        return new Timing(thread, clock, new SecureRandom());
    }

    /** How each open door is doing. */
    public Map<String, DoorStatus> statuses() {
        return open.stream()
                .collect(Collectors.toMap(OpenDoor::name, door -> door.status().get()));
    }

    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void look() {
        Instant now = clock.instant();
        boolean sees = statuses().values().stream()
                .anyMatch(status -> status.connected() && status.silence(now).compareTo(LONGEST_SILENCE) < 0);
        seeingSince = !sees ? null : seeingSince == null ? now : seeingSince;
    }

    @Override
    public Optional<Instant> since() {
        return Optional.ofNullable(seeingSince);
    }
}
