// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.lang.ArchRule;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * The rules of docs/architecture.md for the packages below one root.
 *
 * <p>{@link ArchitectureTest} checks them twice: the plugin follows each of them, and the examples below
 * {@code architecture.violations} break each of them, so that no rule can rot into one that never fails.
 */
final class ArchitectureRules {

    /**
     * All packages, leaves first: a package may only use packages listed above it. {@code notify.*} are the channels, which may
     * not use each other.
     */
    static final List<String> PACKAGES = List.of(
            "text",
            "yaml",
            "http",
            "prow",
            "source",
            "source.webhook",
            "source.prowjob",
            "source.deck",
            "artifacts",
            "routing",
            "diagnosis",
            "roster",
            "incident",
            "incident.detect",
            "incident.notify",
            "incident.stale",
            "incident.engine",
            "bump",
            "suspect",
            "github",
            "notify.template",
            "notify",
            "notify.*",
            "command",
            "digest",
            "config",
            "store",
            "concurrent",
            "outbox",
            "metrics",
            "engine.bump",
            "engine.suspect",
            "engine",
            "engine.comment",
            "engine.digest",
            "app",
            "health",
            "web.api",
            "web.page",
            "web",
            "cli.options",
            "cli.input",
            "cli.replay",
            "cli");

    /** Decides without a framework, without I/O and without a clock of its own. */
    private static final List<String> CORE = List.of(
            "text",
            "yaml",
            "prow",
            "routing",
            "diagnosis",
            "roster",
            "incident",
            "bump",
            "suspect",
            "command",
            "digest");

    /** What writes to a channel: everything else decides or looks. */
    private static final Set<String> WRITES = Set.of("post", "edit", "reply");

    private static final Set<String> READS = Set.of("findRoot", "findReply", "readBack");

    private final String root;

    ArchitectureRules(String root) {
        this.root = root;
    }

    /** The rules by name. */
    Map<String, ArchRule> all() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("packages are ordered", PackageOrder.of(root, PACKAGES));
        rules.put("packages have no cycles", packagesHaveNoCycles());
        rules.put("detection does not know notification", detectionDoesNotKnowNotification());
        rules.put("the core is plain Java", theCoreIsPlainJava());
        rules.put("there is one clock", thereIsOneClock());
        rules.put("HTTP clients are made in one place", clientsAreMadeInOnePlace());
        rules.put("the core uses RE2", theCoreUsesRe2());
        rules.put("only store has SQL", onlyStoreHasSql());
        rules.put("only cli knows picocli", onlyCliKnowsPicocli());
        rules.put("threads are wiring", threadsAreWiring());
        rules.put("output goes through channels and the log", outputGoesThroughChannelsAndTheLog());
        rules.put("only the outbox calls channels", onlyTheOutboxCallsChannels());
        rules.put("no field injection", noFieldInjection());
        rules.put("fields of the core are private or final", fieldsOfTheCoreArePrivateOrFinal());
        rules.put("class names say what a class is", classNamesSayWhatAClassIs());
        rules.put("production code does not ask for the launch mode", nobodyAsksForTheLaunchMode());
        rules.put("constructors have at most five parameters", constructorsHaveFewParameters());
        return rules;
    }

    private ArchRule packagesHaveNoCycles() {
        return slices().matching(root + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("a package that is part of a cycle cannot be understood or changed alone");
    }

    private ArchRule detectionDoesNotKnowNotification() {
        return noClasses()
                .that()
                .resideInAPackage(in("incident.detect"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(in("incident.notify"))
                .because("incidents follow from what happened, not from who was notified (decision 0012)");
    }

    private ArchRule theCoreIsPlainJava() {
        return noClasses()
                .that()
                .resideInAnyPackage(core())
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
                .because("the core has no framework and no I/O, so that a replay runs the same code as the plugin");
    }

    private ArchRule thereIsOneClock() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(root + ".app.SystemClock")
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
                .because("the clock is injected, so that tests and replays run on virtual time");
    }

    private ArchRule clientsAreMadeInOnePlace() {
        return noClasses()
                .that()
                .doNotHaveFullyQualifiedName(root + ".http.HttpClients")
                .should()
                .callMethod(HttpClient.class, "newBuilder")
                .orShould()
                .callMethod(HttpClient.class, "newHttpClient")
                .because("all speak HTTP/1.1 and follow no redirect");
    }

    private ArchRule theCoreUsesRe2() {
        return noClasses()
                .that()
                .resideInAnyPackage(core())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .because("patterns meet text from outside, and RE2 takes linear time");
    }

    private ArchRule onlyStoreHasSql() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("store"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.sql..", "org.jdbi..")
                .because("all SQL is in one package and runs on both databases");
    }

    private ArchRule onlyCliKnowsPicocli() {
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .because("the command line is one of several ways to start the program");
    }

    private ArchRule threadsAreWiring() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(in("app"), in("concurrent"), in("outbox"), in("engine"))
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Executors.class)
                .because("only wiring starts threads and waits");
    }

    private ArchRule outputGoesThroughChannelsAndTheLog() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(in("app"), in("cli"))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("notifications go through a channel, everything else through the log");
    }

    private ArchRule onlyTheOutboxCallsChannels() {
        DescribedPredicate<JavaCall<?>> channelCall = describe(
                "call " + WRITES + " or " + READS + " of a channel",
                call -> (WRITES.contains(call.getName()) || READS.contains(call.getName()))
                        && call.getTargetOwner().isAssignableTo(root + ".notify.Channel"));
        return noClasses()
                .that()
                .resideOutsideOfPackage(in("outbox"))
                .and()
                .areNotAssignableTo(root + ".notify.Channel")
                .should()
                .callMethodWhere(channelCall)
                .because("the outbox records each call, so that none is repeated blindly");
    }

    private ArchRule noFieldInjection() {
        return noFields()
                .should()
                .beAnnotatedWith("jakarta.inject.Inject")
                .because("what a class needs is in its constructor");
    }

    private ArchRule fieldsOfTheCoreArePrivateOrFinal() {
        return fields().that()
                .areDeclaredInClassesThat()
                .resideInAnyPackage(core())
                .should()
                .bePrivate()
                .orShould()
                .beFinal()
                .because("a class changes only its own state");
    }

    private ArchRule classNamesSayWhatAClassIs() {
        return classes()
                .should()
                .haveNameNotMatching(".*(Util|Utils|Manager|Helper|Impl)")
                .because("such names say nothing");
    }

    private ArchRule nobodyAsksForTheLaunchMode() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("io.quarkus.runtime.LaunchMode")
                .because("production code does not ask whether it is tested");
    }

    private ArchRule constructorsHaveFewParameters() {
        return constructors()
                .that()
                .areDeclaredInClassesThat()
                .areNotRecords()
                .should(SizeConditions.haveAtMostFiveParameters())
                .because("more parameters belong into a record");
    }

    private String in(String name) {
        return root + "." + name + "..";
    }

    private String[] core() {
        return CORE.stream().map(this::in).toArray(String[]::new);
    }
}
