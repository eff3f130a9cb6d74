// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import java.util.List;

/** Each package may only use packages that are listed before it. {@code a.*} lists all packages in {@code a} that are not listed. */
final class PackageOrder extends ArchCondition<JavaClass> {

    private final String root;
    private final List<String> packages;

    private PackageOrder(String root, List<String> packages) {
        super("only use packages that are listed before its own");
        this.root = root;
        this.packages = packages;
    }

    static ArchRule of(String root, List<String> packages) {
        return ArchRuleDefinition.classes()
                .should(new PackageOrder(root, packages))
                .because("dependencies point one way: who reads a package needs to know only what is listed above it");
    }

    @Override
    public void check(JavaClass origin, ConditionEvents events) {
        int own = position(origin);
        if (own < 0) {
            events.add(SimpleConditionEvent.violated(
                    origin, origin.getName() + " is in a package that is not listed in ArchitectureRules.PACKAGES"));
            return;
        }
        for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
            JavaClass target = dependency.getTargetClass();
            int other = position(target);
            if (other > own || (other == own && !target.getPackageName().equals(origin.getPackageName()))) {
                events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
            }
        }
    }

    private int position(JavaClass type) {
        if (!type.getPackageName().startsWith(root + ".")) {
            return -1;
        }
        String name = type.getPackageName().substring(root.length() + 1);
        int listed = packages.indexOf(name);
        return listed >= 0 ? listed : packages.indexOf(name.replaceFirst("[^.]+$", "*"));
    }
}
