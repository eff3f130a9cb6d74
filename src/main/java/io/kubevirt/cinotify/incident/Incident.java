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
package io.kubevirt.cinotify.incident;

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.prow.RunOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One problem that somebody must know of.
 *
 * @param id short, stable, the same for the same key and opening instant
 * @param key what it is about
 * @param state open or resolved
 * @param diagnosis what it is, by the run that opened it
 * @param blocking whether it keeps pull requests from merging
 * @param addressee who is told
 * @param openedAt when the plugin opened it
 * @param resolvedAt when the plugin saw it pass; null while it is open
 * @param firstBuild what tells its first red run from others, mostly the build id; null where it is not about runs
 * @param failures how many red runs it has seen
 * @param pulls the pull requests that it has hit, in ascending order
 */
public record Incident(
        String id,
        IncidentKey key,
        IncidentState state,
        Diagnosis diagnosis,
        boolean blocking,
        Addressee addressee,
        Instant openedAt,
        @Nullable Instant resolvedAt,
        @Nullable String firstBuild,
        int failures,
        List<Integer> pulls) {

    private static final int ID_BYTES = 5;

    /** Copies the collection. */
    public Incident {
        pulls = List.copyOf(pulls);
    }

    /** The identity of an incident that opens at an instant. */
    static String idOf(IncidentKey key, Instant openedAt) {
        return idOf(key, Long.toString(openedAt.toEpochMilli()));
    }

    /** The identity of an incident that opens for a run. */
    static String idOf(IncidentKey key, String cause) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest((key + "@" + cause).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The same incident as far as its runs tell. */
    Incident with(RedStretch stretch) {
        String first = RunOrder.identity(stretch.reds().getFirst());
        int reds = stretch.reds().size();
        return new Incident(
                id, key, state, diagnosis, blocking, addressee, openedAt, resolvedAt, first, reds, stretch.pulls());
    }

    /** The same incident, of which nobody is told before an instant. */
    Incident toldNotBefore(Instant instant) {
        return copy(id, state, addressee.notBefore(instant), resolvedAt);
    }

    /** The same under another identity, where one turns out to be two. */
    Incident called(String otherId) {
        return copy(otherId, state, addressee, resolvedAt);
    }

    /** The same incident, over. */
    Incident resolved(Instant now) {
        return copy(id, IncidentState.RESOLVED, addressee, now);
    }

    private Incident copy(String newId, IncidentState newState, Addressee newAddressee, @Nullable Instant end) {
        return new Incident(
                newId, key, newState, diagnosis, blocking, newAddressee, openedAt, end, firstBuild, failures, pulls);
    }
}
