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

import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.diagnosis.NodeTrouble;
import io.kubevirt.cinotify.incident.policy.Input;
import io.kubevirt.cinotify.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Who wants to know what the artifacts of a red run say of it. */
@FunctionalInterface
public interface Learning {

    /**
     * What is known now, and was not when the run was seen. May be told several times of one run, each time with more.
     *
     * @param run its id, as it was given when its artifacts were wanted
     */
    record Lesson(String run, Diagnosis diagnosis) {}

    /** What follows from it for the incident core. */
    static List<Input> inputs(Lesson lesson, Sitting sitting) {
        List<Input> inputs = new ArrayList<>();
        inputs.add(new Input.Learned(sitting.now(), lesson.run(), lesson.diagnosis()));
        if (lesson.diagnosis().rule().equals(NodeTrouble.RULE)) {
            inputs.addAll(new SickNodes(sitting.settings(), sitting.transaction(), sitting.now()).changes());
        }
        return inputs;
    }

    /** Learns what the work finds, in the transaction in which the work notes that it has found it. */
    void learn(Function<Transaction, Optional<Lesson>> work);
}
