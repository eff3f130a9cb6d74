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
package io.kubevirt.cinotify;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Conditions on the size of things. */
final class Shape {

    private static final int MOST_PARAMETERS = 5;

    private Shape() {}

    static <T extends JavaCodeUnit> ArchCondition<T> haveAtMostFiveParameters() {
        return new ArchCondition<>("have at most " + MOST_PARAMETERS + " parameters") {
            @Override
            public void check(T unit, ConditionEvents events) {
                int parameters = unit.getRawParameterTypes().size();
                if (parameters > MOST_PARAMETERS) {
                    events.add(SimpleConditionEvent.violated(
                            unit, unit.getFullName() + " has " + parameters + " parameters"));
                }
            }
        };
    }
}
