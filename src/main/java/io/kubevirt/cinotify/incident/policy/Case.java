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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.Known;
import io.kubevirt.cinotify.incident.IncidentState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A problem, open or lately closed, as far as it follows from what has happened; what people make of it is {@link Care}. */
@Kept
abstract sealed class Case permits LaneCase, OutageCase, ProblemCase {

    private static final int ID_LENGTH = 10;

    private final String id;
    private final Instant openedAt;
    private final TreeSet<String> lanes = new TreeSet<>();
    private final TreeSet<Integer> pulls = new TreeSet<>();
    private Diagnosis diagnosis;
    private boolean blocking;
    private Instant openSince;
    private @Nullable Instant closedAt;
    private Instant lastFailure;
    private int runs;
    private @Nullable String foldedInto;
    private @Nullable RedRun latest;
    private String why = "";
    private String whyOver = "";

    Case(String id, Instant openedAt, Diagnosis diagnosis) {
        this.id = id;
        this.openedAt = openedAt;
        this.openSince = openedAt;
        this.lastFailure = openedAt;
        this.diagnosis = diagnosis;
    }

    static String idOf(String subject, Instant openedAt) {
        byte[] name = (subject + "@" + openedAt.toEpochMilli()).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString().replace("-", "").substring(0, ID_LENGTH);
    }

    /** By what the memory and the agenda know it. */
    abstract String key();

    /** What it is about, the same whenever it opens. */
    abstract String subject();

    abstract CaseKind kind();

    abstract String title();

    /** Opens it, or opens it again. */
    void open(Instant at, String reason) {
        openSince = at;
        closedAt = null;
        lastFailure = at;
        why = reason;
        foldedInto = null;
    }

    void close(Instant at, String reason) {
        closedAt = at;
        whyOver = reason;
    }

    void add(Entry entry) {
        lanes.add(entry.run().job());
        if (entry.run().pull() != 0) {
            pulls.add(entry.run().pull());
        }
        runs++;
    }

    void show(RedRun run) {
        latest = run;
    }

    void failed(Instant at) {
        lastFailure = at;
    }

    void foldInto(@Nullable String outage) {
        foldedInto = outage;
    }

    void judge(Diagnosis found, boolean blocks) {
        diagnosis = found;
        blocking = blocks;
    }

    void name(Collection<String> jobs) {
        lanes.clear();
        lanes.addAll(jobs);
    }

    void explain(String reason) {
        why = reason;
    }

    boolean isOpen() {
        return closedAt == null;
    }

    boolean isFoldedInto(Case outage) {
        return outage.id.equals(foldedInto);
    }

    /** Where on GitHub it is at home; null if nowhere. */
    @Nullable String conversation() {
        return null;
    }

    /** What it needs of people; null if that never changes. */
    Problem.@Nullable Need need() {
        return null;
    }

    IncidentView view(Care care) {
        return new IncidentView(
                id,
                kind(),
                title(),
                isOpen() ? IncidentState.OPEN : IncidentState.RESOLVED,
                care.diagnosis(this),
                blocking,
                List.copyOf(lanes),
                openedAt,
                closedAt,
                runs,
                List.copyOf(pulls),
                foldedInto,
                why,
                care.handle(),
                care.acknowledgedBy(),
                care.snoozedUntil(),
                latest,
                conversation());
    }

    String id() {
        return id;
    }

    Instant openedAt() {
        return openedAt;
    }

    /** Why nobody is called because of it; null if somebody is. */
    @Nullable Known mute() {
        return null;
    }

    Diagnosis diagnosis() {
        return diagnosis;
    }

    boolean blocking() {
        return blocking;
    }

    Instant openSince() {
        return openSince;
    }

    int runs() {
        return runs;
    }

    @Nullable Instant closedAt() {
        return closedAt;
    }

    Instant lastFailure() {
        return lastFailure;
    }

    List<String> lanes() {
        return List.copyOf(lanes);
    }

    List<Integer> pulls() {
        return List.copyOf(pulls);
    }

    @Nullable String foldedInto() {
        return foldedInto;
    }

    String why() {
        return why;
    }

    String whyOver() {
        return whyOver;
    }
}
