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
import io.kubevirt.cinotify.app.Sitting;
import io.kubevirt.cinotify.bump.BumpPull;
import io.kubevirt.cinotify.bump.BumpRules;
import io.kubevirt.cinotify.bump.BumpWatch;
import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.incident.policy.Problem;
import io.kubevirt.cinotify.settings.BumpSettings;
import io.kubevirt.cinotify.store.BumpTable;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Looks once a minute which bots' pull requests need somebody; the incident core hears only of what has changed. */
@ApplicationScoped
public class WatchBumps {

    private static final String BEGAN = "bumps/began";

    private final IncidentDesk desk;
    private final LiveSettings settings;

    /** @param desk where it is decided who is told */
    public WatchBumps(IncidentDesk desk, LiveSettings settings) {
        this.desk = desk;
        this.settings = settings;
    }

    /** Looks. */
    @Scheduled(every = "60s", delayed = "20s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void tick() {
        if (settings.get().file().bumps() != null && desk.mayDecide()) {
            desk.decide(sitting -> {
                look(sitting);
                return true;
            });
        }
    }

    private static void look(Sitting sitting) {
        BumpSettings written = sitting.settings().file().bumps();
        if (written == null) {
            return;
        }
        Instant now = sitting.now();
        BumpTable table = sitting.transaction().bumps();
        Instant began = sitting.transaction().watermarks().keep(BEGAN, "", now).at();
        BumpRules rules = written.rules();
        List<BumpPull> pulls = table.current(now.minus(BumpBook.DEPLOYING)).stream()
                .filter(pull -> pull.endedAt() == null || !pull.endedAt().isBefore(began))
                .toList();
        Map<String, Problem> wrong = new TreeMap<>();
        new BumpWatch(rules)
                .look(pulls, table.lastOpened(), began, now)
                .forEach(problem -> wrong.put(problem.key(), problem));
        pulls.stream()
                .filter(pull -> pull.of().equals(BumpBook.UNCLASSIFIED) && pull.endedAt() == null)
                .map(pull -> UnclassifiedPull.problem(pull, rules.area()))
                .forEach(problem -> wrong.put(problem.key(), problem));
        List<Input> inputs = changes(wrong, pulls, table, now);
        if (!inputs.isEmpty()) {
            sitting.take(inputs);
        }
    }

    private static List<Input> changes(Map<String, Problem> wrong, List<BumpPull> pulls, BumpTable table, Instant now) {
        Map<String, BumpPull> known =
                pulls.stream().collect(Collectors.toMap(pull -> BumpWatch.KEY + pull.name(), pull -> pull));
        List<Input> inputs = new ArrayList<>();
        Map<String, String> told = table.told();
        wrong.forEach((key, problem) -> {
            String words = problem.title() + "\n" + problem.why() + "\n"
                    + problem.diagnosis().area() + "\n" + commit(known.get(key));
            if (!words.equals(told.get(key))) {
                inputs.add(new Input.Raised(now, problem));
                table.tell(key, words);
            }
        });
        told.forEach((key, words) -> {
            if (!wrong.containsKey(key) && !isTriedAgain(known.get(key), words) && !isDeployedAgain(key, pulls)) {
                inputs.add(new Input.Cleared(now, key, over(key, table)));
                table.forgetTold(key);
            }
        });
        return inputs;
    }

    /** Why nobody is needed any more. */
    private static String over(String key, BumpTable table) {
        Optional<BumpPull> about = table.current(Instant.EPOCH).stream()
                .filter(pull -> key.endsWith(" " + pull.name()))
                .findFirst();
        boolean unclassified = key.startsWith(UnclassifiedPull.KEY);
        if (about.isEmpty() && (unclassified || key.startsWith(BumpWatch.KEY))) {
            return "the settings tell it apart, so that it is followed no more";
        }
        return unclassified && about.get().endedAt() == null
                ? "a class of the settings takes it"
                : "it needs nobody any more";
    }

    /** A conflict is over as soon as there is none. */
    private static String commit(@Nullable BumpPull pull) {
        return pull == null || pull.phase() == BumpPull.Phase.CONFLICTS ? "" : pull.headSha();
    }

    /** As long as the same commit is tested again, nothing is better than it was. */
    private static boolean isTriedAgain(@Nullable BumpPull pull, String told) {
        return pull != null
                && (pull.phase() == BumpPull.Phase.TESTING || pull.phase() == BumpPull.Phase.RED)
                && told.endsWith("\n" + pull.headSha());
    }

    /** What runs again is not in service yet. */
    private static boolean isDeployedAgain(String key, List<BumpPull> pulls) {
        return pulls.stream()
                .anyMatch(pull -> key.equals(BumpWatch.DEPLOYMENT_KEY + pull.name())
                        && pull.deployment() != null
                        && pull.deployment().state() == BumpPull.Check.State.PENDING);
    }
}
