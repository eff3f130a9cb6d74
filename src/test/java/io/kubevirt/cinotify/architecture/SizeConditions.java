// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture;

import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/** Conditions on the size of things. */
final class SizeConditions {

    private static final int MOST_PARAMETERS = 5;

    private SizeConditions() {}

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
