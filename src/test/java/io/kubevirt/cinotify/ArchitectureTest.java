// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The walls between the rooms, each with its reason: docs/architecture.md draws the same picture. */
class ArchitectureTest {

    private static final String ROOT = "io.kubevirt.cinotify";

    private static final String[] CORE = {
        ROOT + ".document..",
        ROOT + ".prow..",
        ROOT + ".diagnosis..",
        ROOT + ".roster..",
        ROOT + ".incident..",
        ROOT + ".bump..",
        ROOT + ".digest.."
    };

    private static final JavaClasses PLUGIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @TestFactory
    Stream<DynamicTest> dependencies() {
        return Stream.of(layers(), cycles())
                .flatMap(rules -> rules)
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(PLUGIN)));
    }

    @TestFactory
    Stream<DynamicTest> theCoreIsPure() {
        return tests(
                noClasses()
                        .that()
                        .resideInAnyPackage(CORE)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "io.quarkus..",
                                "io.vertx..",
                                "jakarta..",
                                "io.smallrye..",
                                "org.jboss..",
                                "org.jdbi..",
                                "java.sql..",
                                "javax.sql..",
                                "java.nio.file..",
                                "java.net..",
                                "io.fabric8..",
                                "io.micrometer..",
                                "picocli..")
                        .because(
                                "deciding is plain Java: no framework and no I/O, so that a replay runs the very same code"),
                noClasses()
                        .that()
                        .resideInAnyPackage(CORE)
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName(ROOT + ".evidence.EvidenceReader")
                        .because("the core judges what was read; reading is an edge"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + ".app..")
                        .should()
                        .callMethod(Instant.class, "now")
                        .orShould()
                        .callMethod(LocalDate.class, "now")
                        .orShould()
                        .callMethod(LocalDateTime.class, "now")
                        .orShould()
                        .callMethod(ZonedDateTime.class, "now")
                        .orShould()
                        .callMethod(System.class, "currentTimeMillis")
                        .orShould()
                        .callMethod(Clock.class, "systemUTC")
                        .orShould()
                        .callMethod(Clock.class, "systemDefaultZone")
                        .because("there is one clock, and it is injected"),
                noClasses()
                        .that()
                        .resideInAnyPackage(CORE)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("java.util.regex..")
                        .because("patterns meet text from outside: RE2 takes linear time"));
    }

    @TestFactory
    Stream<DynamicTest> everyConcernHasOnePackage() {
        return tests(
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + ".store..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage("java.sql..", "org.jdbi..")
                        .because("store is the only place with SQL"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + ".cli..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("picocli..")
                        .because("only cli knows the command line"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage(ROOT + ".app..")
                        .should()
                        .callMethod(Thread.class, "sleep", long.class)
                        .orShould()
                        .callConstructor(Thread.class, Runnable.class)
                        .orShould()
                        .dependOnClassesThat()
                        .belongToAnyOf(Executors.class)
                        .because("waiting and running beside each other is wiring"),
                noClasses()
                        .that()
                        .resideOutsideOfPackages(ROOT + ".app..", ROOT + ".cli..")
                        .should()
                        .accessField(System.class, "out")
                        .orShould()
                        .accessField(System.class, "err")
                        .because("what is said goes through a channel, what is noticed through the log"),
                noClasses()
                        .that()
                        .resideOutsideOfPackages(ROOT + ".app..", ROOT + ".notice..")
                        .should()
                        .callMethodWhere(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "is Channel.send",
                                call -> call.getName().equals("send")
                                        && call.getTargetOwner().isAssignableTo(ROOT + ".notice.Channel")))
                        .because("one gate for effects"));
    }

    @TestFactory
    Stream<DynamicTest> conventions() {
        return tests(
                noFields()
                        .should()
                        .beAnnotatedWith("jakarta.inject.Inject")
                        .because("what a class needs is in its constructor"),
                fields().that()
                        .areDeclaredInClassesThat()
                        .resideInAnyPackage(CORE)
                        .should()
                        .bePrivate()
                        .orShould()
                        .beFinal()
                        .because("nobody writes into somebody else's fields"),
                classes()
                        .should()
                        .haveNameNotMatching(".*(Util|Utils|Manager|Helper|Impl)")
                        .because("a name says what a thing is"),
                noClasses()
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("io.quarkus.runtime.LaunchMode")
                        .because("production code does not ask whether it is tested"),
                constructors()
                        .that()
                        .areDeclaredInClassesThat()
                        .areNotRecords()
                        .should(SizeConditions.haveAtMostFiveParameters())
                        .because("more than five parameters want to be a record"));
    }

    private static Stream<DynamicTest> tests(ArchRule... rules) {
        return Stream.of(rules).map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(PLUGIN)));
    }

    private static Stream<ArchRule> layers() {
        return Stream.of(layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("document")
                .definedBy(ROOT + ".document..")
                .layer("intake")
                .definedBy(ROOT + ".intake..")
                .layer("prow")
                .definedBy(ROOT + ".prow..")
                .layer("evidence")
                .definedBy(ROOT + ".evidence..")
                .layer("diagnosis")
                .definedBy(ROOT + ".diagnosis..")
                .layer("roster")
                .definedBy(ROOT + ".roster..")
                .layer("incident")
                .definedBy(ROOT + ".incident..")
                .layer("notice")
                .definedBy(ROOT + ".notice..")
                .layer("bump")
                .definedBy(ROOT + ".bump..")
                .layer("digest")
                .definedBy(ROOT + ".digest..")
                .layer("command")
                .definedBy(ROOT + ".command..")
                .layer("settings")
                .definedBy(ROOT + ".settings..")
                .layer("store")
                .definedBy(ROOT + ".store..")
                .layer("app")
                .definedBy(ROOT + ".app..")
                .layer("cli")
                .definedBy(ROOT + ".cli..")
                .whereLayer("document")
                .mayNotAccessAnyLayer()
                .whereLayer("intake")
                .mayOnlyAccessLayers("document")
                .whereLayer("prow")
                .mayOnlyAccessLayers("document")
                .whereLayer("evidence")
                .mayOnlyAccessLayers("document", "intake", "prow")
                .whereLayer("diagnosis")
                .mayOnlyAccessLayers("document", "prow", "evidence")
                .whereLayer("roster")
                .mayOnlyAccessLayers("document", "prow", "diagnosis")
                .whereLayer("incident")
                .mayOnlyAccessLayers("document", "prow", "diagnosis", "roster")
                .whereLayer("notice")
                .mayOnlyAccessLayers("document", "prow", "diagnosis", "roster", "incident")
                .whereLayer("bump")
                .mayOnlyAccessLayers("document", "prow", "diagnosis", "roster", "incident", "notice")
                .whereLayer("digest")
                .mayOnlyAccessLayers("document", "prow", "diagnosis", "roster", "incident", "notice", "bump")
                .whereLayer("command")
                .mayOnlyAccessLayers("document", "prow", "diagnosis", "roster", "incident", "notice")
                .whereLayer("settings")
                .mayOnlyBeAccessedByLayers("app", "cli")
                .whereLayer("store")
                .mayOnlyAccessLayers(
                        "intake", "document", "prow", "diagnosis", "roster", "incident", "notice", "command", "bump")
                .whereLayer("app")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .because("data goes one way: a room uses what stands before it, never what stands after it"));
    }

    private static Stream<ArchRule> cycles() {
        return Stream.of(slices().matching(ROOT + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("a cycle is a wall with a hole in it"));
    }
}
