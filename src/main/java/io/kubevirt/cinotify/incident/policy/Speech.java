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

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is decided about speaking, until it is asked for. */
final class Speech {

    private final List<Ruling> rulings = new ArrayList<>();
    private final Map<String, String> said = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();

    void say(Message message, List<String> reasons) {
        rulings.add(new Ruling.Say(message, reasons));
        if (message.kind() != MessageKind.CHANGED && message.kind() != MessageKind.HANDOFF) {
            said.putIfAbsent(message.incident().id(), message.id());
        }
    }

    /** A message tells of a further incident. */
    void mentions(String incident, String message) {
        said.putIfAbsent(incident, message);
    }

    void withdraw(String message, Reason why, List<String> reasons) {
        rulings.add(new Ruling.Withdraw(message, why, reasons));
        said.values().removeIf(message::equals);
    }

    void refuse(Command command, String reason) {
        rulings.add(new Ruling.Refuse(command, List.of(reason)));
    }

    void settle(String run, Fate fate, List<String> reasons) {
        rulings.add(new Ruling.Settle(run, fate, reasons));
    }

    void touch(String incident) {
        touched.add(incident);
    }

    /** The first message about one of these incidents. */
    Optional<String> about(List<String> incidents) {
        return incidents.stream().filter(said::containsKey).map(said::get).findFirst();
    }

    Set<String> touched() {
        return touched;
    }

    /** Hands out what was decided, and begins anew. */
    Rulings close(List<IncidentView> incidents) {
        Rulings closed = new Rulings(rulings, incidents);
        rulings.clear();
        said.clear();
        touched.clear();
        return closed;
    }
}
