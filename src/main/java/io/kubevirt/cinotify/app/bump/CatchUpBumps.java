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
package io.kubevirt.cinotify.app.bump;

import io.kubevirt.cinotify.app.IncidentDesk;
import io.kubevirt.cinotify.app.LiveSettings;
import io.kubevirt.cinotify.app.OpenGitHub;
import io.kubevirt.cinotify.notice.github.GitHubFailure;
import io.kubevirt.cinotify.prow.Repository;
import io.kubevirt.cinotify.settings.BumpSettings;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.store.Store;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/**
 * Reads how the pull requests of bots stand at the start and each hour, so that a lost webhook does not matter. Where
 * GitHub does not answer, what is known stays, and the plugin is ready all the same.
 */
@Readiness
@ApplicationScoped
public class CatchUpBumps implements HealthCheck {

    private static final Logger LOG = Logger.getLogger(CatchUpBumps.class);
    private static final Duration RHYTHM = Duration.ofHours(1);
    private static final Duration NEXT_ATTEMPT = Duration.ofMinutes(5);

    private final LiveSettings settings;
    private final IncidentDesk desk;
    private final InstantSource clock;
    private final Optional<BumpReading> reading;
    private final Map<String, Instant> due = new ConcurrentHashMap<>();
    private final Map<String, String> troubles = new ConcurrentSkipListMap<>();

    @Inject
    CatchUpBumps(Store store, LiveSettings settings, IncidentDesk desk, OpenGitHub github, InstantSource clock) {
        this(settings, desk, github.api().map(api -> new BumpReading(store, api)), clock);
    }

    /**
     * Nothing has been read yet.
     *
     * @param desk one replica decides, and only that one reads
     * @param reading empty if GitHub is not to be asked
     */
    CatchUpBumps(LiveSettings settings, IncidentDesk desk, Optional<BumpReading> reading, InstantSource clock) {
        this.settings = settings;
        this.desk = desk;
        this.reading = reading;
        this.clock = clock;
    }

    /** Reads what is due. */
    @Scheduled(every = "60s", delayed = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        Settings current = settings.get();
        BumpSettings bumps = current.file().bumps();
        List<Repository> repositories = bumps == null ? List.of() : bumps.repositories();
        troubles.keySet().removeIf(name -> repositories.stream()
                .noneMatch(each -> each.fullName().equals(name)));
        if (reading.isEmpty() || repositories.isEmpty()) {
            return;
        }
        if (!desk.mayDecide()) {
            troubles.clear();
            due.clear();
            return;
        }
        repositories.stream().filter(this::isDue).forEach(each -> read(each, current, reading.get()));
    }

    private boolean isDue(Repository repository) {
        Instant at = due.get(repository.fullName());
        return at == null || !clock.instant().isBefore(at);
    }

    private void read(Repository repository, Settings current, BumpReading how) {
        String name = repository.fullName();
        Instant now = clock.instant();
        try {
            how.read(repository, current, now);
            due.put(name, now.plus(RHYTHM));
            if (troubles.remove(name) != null) {
                LOG.infof("the bumps of %s are read from GitHub again", name);
            }
        } catch (GitHubFailure e) {
            Instant next = now.plus(e.after().compareTo(NEXT_ATTEMPT) > 0 ? e.after() : NEXT_ATTEMPT);
            due.put(name, next);
            String sentence = "the bumps of " + name + " could not be read from GitHub, so only webhooks tell of them"
                    + " until it is tried again at " + next + ": " + e.sentence();
            if (troubles.put(name, sentence) == null) {
                LOG.warn(sentence);
            }
        }
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder response = HealthCheckResponse.named("bumps").up();
        String problem = troubles.values().stream().collect(Collectors.joining("\n"));
        return problem.isEmpty()
                ? response.build()
                : response.withData("problem", problem).build();
    }
}
