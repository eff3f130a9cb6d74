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
package io.kubevirt.cinotify.incident.policy;

import io.kubevirt.cinotify.incident.policy.Timer.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The life of problems that others see: they say when it begins and when it is over. */
final class Problems {

    private final Desk desk;
    private final Lanes lanes;

    Problems(Desk desk, Lanes lanes) {
        this.desk = desk;
        this.lanes = lanes;
    }

    /** Opens it, or opens it again; if it is open, what is said of it is brought up to date. */
    void raise(Problem problem, Instant now) {
        ProblemCase known = desk.memory().problems().get(problem.key());
        boolean same = known != null && known.kind() == problem.kind();
        // A pull request is one from its opening to its end, whatever it needs meanwhile.
        boolean goesOn = known != null && same && (known.isOpen() || known.kind() == CaseKind.BUMP);
        ProblemCase about = known != null && goesOn ? known : opening(problem, now);
        if (!goesOn || !about.isOpen()) {
            about.open(now, problem.why());
            desk.memory().problems().put(problem.key(), about);
            desk.agenda().cancel(Kind.FORGET, about.key());
        }
        about.describe(problem);
        desk.ledger().news(about);
        explain(about, problem.runs(), now);
    }

    /** Runs that it explains do not count for their lanes. */
    private void explain(ProblemCase about, List<String> runs, Instant now) {
        Set<StreamKey> struck = new TreeSet<>();
        for (String run : runs) {
            desk.windows().find(run).filter(Entry::counts).ifPresent(entry -> {
                desk.windows().mark(entry, Mark.NODE);
                about.add(entry);
                lanes.uncount(entry, now);
                struck.add(entry.run().key());
                Optional.ofNullable(desk.memory().lastFailures().get(entry.run().key()))
                        .ifPresent(last -> about.show(RedRun.of(last.finding().run())));
            });
        }
        struck.forEach(key -> lanes.explained(key, about, now));
    }

    private ProblemCase opening(Problem problem, Instant now) {
        return new ProblemCase(
                desk.names().of(problem.kind(), problem.key(), now),
                problem.key(),
                problem.kind(),
                now,
                problem.diagnosis());
    }

    /** It is over; what is not open stays as it is. */
    void clear(String key, String why, Instant now) {
        ProblemCase about = desk.memory().problems().get(key);
        if (about != null && about.isOpen()) {
            close(about, why, now);
        }
    }

    void close(ProblemCase about, String why, Instant now) {
        about.close(now, why);
        desk.forgetLater(about, now);
        desk.ledger().news(about);
    }

    void forget(ProblemCase about) {
        desk.memory().problems().remove(about.subject());
    }
}
