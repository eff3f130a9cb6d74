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

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The care for every incident that people may have heard of, or may still hear of. */
final class CareBook {

    /** Longer than anything can come late. */
    private static final Duration KEPT = Duration.ofDays(6);

    private final TreeMap<String, Care> cares = new TreeMap<>();
    private final Attention attention;

    CareBook(Attention attention, Collection<Care> known) {
        this.attention = attention;
        known.forEach(care -> cares.put(care.about().id(), care));
    }

    Attention attention() {
        return attention;
    }

    Care of(Case about) {
        Care care = cares.computeIfAbsent(
                about.id(), id -> new Care(new Names.Issued(id, about.kind(), about.subject(), about.openedAt())));
        care.isAbout(about);
        return care;
    }

    Optional<Care> find(String id) {
        return Optional.ofNullable(cares.get(id));
    }

    List<Care> all() {
        return List.copyOf(cares.values());
    }

    void forget(String id) {
        cares.remove(id);
    }

    /** Forgets what is over and can come back no more. */
    void forgetOld(Instant now) {
        cares.values()
                .removeIf(care -> !care.isOpen()
                        && care.pending() == null
                        && care.view() != null
                        && care.view().closedAt() != null
                        && care.view().closedAt().plus(KEPT).isBefore(now));
    }
}
