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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rulings on one event, as they are made. */
final class Ledger {

    private final List<Ruling> rulings = new ArrayList<>();
    private final Map<String, Case> touched = new LinkedHashMap<>();

    void say(Message message, List<String> reasons) {
        rulings.add(new Ruling.Say(message, reasons));
    }

    void withdraw(String message, Reason why, List<String> reasons) {
        rulings.add(new Ruling.Withdraw(message, why, reasons));
    }

    void settle(String run, Fate fate, List<String> reasons) {
        rulings.add(new Ruling.Settle(run, fate, reasons));
    }

    void refuse(Command command, String reason) {
        rulings.add(new Ruling.Refuse(command, List.of(reason)));
    }

    void touch(Case changed) {
        touched.put(changed.id(), changed);
    }

    /** How many rulings there are, to ask later what was said since. */
    int mark() {
        return rulings.size();
    }

    /** The first message since a mark, if any. */
    Optional<String> saidSince(int mark) {
        return rulings.subList(mark, rulings.size()).stream()
                .filter(Ruling.Say.class::isInstance)
                .map(ruling -> ((Ruling.Say) ruling).message().id())
                .findFirst();
    }

    /** Hands out what was decided, and begins anew. */
    Rulings close() {
        Rulings closed =
                new Rulings(rulings, touched.values().stream().map(Case::view).toList());
        rulings.clear();
        touched.clear();
        return closed;
    }
}
