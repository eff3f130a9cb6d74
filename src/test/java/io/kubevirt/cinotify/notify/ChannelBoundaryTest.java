// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keeps a new channel within the nine files that docs/develop.md lists: only ConfigFile knows a channel package. */
class ChannelBoundaryTest {

    private static final String ROOT = "io.kubevirt.cinotify";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Exceptions by name: channels that open from command-line options, and answers to commands on GitHub. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        jira    | ''
        webhook | ''
        slack   | ChannelFactory SlackSocketHealthCheck
        github  | Config AppProducers CommentExecutor
        console | AppProducers
        """)
    void onlyTheConfigurationFileKnowsAChannel(String channel, String exceptions) {
        String channelPackage = ROOT + ".notify." + channel;
        Set<String> allowed = Set.of(exceptions.split(" "));
        noClasses()
                .that(DescribedPredicate.describe(
                        "are not of the channel, ConfigFile or an exception",
                        (JavaClass type) -> !type.getPackageName().startsWith(channelPackage)
                                && !outermost(type).equals("ConfigFile")
                                && !allowed.contains(outermost(type))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(channelPackage + "..")
                .because("a new channel must not touch the rest of the program")
                .check(CLASSES);
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ChannelBoundaryTest::outermost).orElseGet(type::getSimpleName);
    }
}
