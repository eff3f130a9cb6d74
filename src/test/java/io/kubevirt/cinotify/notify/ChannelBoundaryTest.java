// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.kubevirt.cinotify.fixture.GuardedWrites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Keeps a new channel within the files that docs/develop.md lists: only ConfigFile knows a channel package. */
class ChannelBoundaryTest {

    private static final String ROOT = "io.kubevirt.cinotify";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private static final JavaClasses TESTS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages(ROOT + ".notify");

    /**
     * By name: channels that open from command-line options, answers to commands on GitHub, and what people do on Slack. A new
     * channel has none.
     */
    private static final Map<String, Set<String>> EXCEPTIONS = Map.of(
            "slack",
                    Set.of(
                            "ChannelFactory",
                            "ChannelWarnings",
                            "CommentExecutor",
                            "CommentProcessor",
                            "SlackCommands",
                            "SlackHome",
                            "SlackSocketHealthCheck",
                            "VisibilityResolver",
                            "WebhookRoutes"),
            "github", Set.of("Config", "AppProducers", "CommentExecutor"),
            "console", Set.of("AppProducers"));

    /** The packages below notify that have a channel. */
    static Stream<String> channels() {
        return CLASSES.stream()
                .filter(type -> type.isAssignableTo(Channel.class))
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + ".notify."))
                .map(name -> name.substring((ROOT + ".notify.").length()))
                .distinct()
                .sorted();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void onlyTheConfigurationFileKnowsAChannel(String channel) {
        String channelPackage = ROOT + ".notify." + channel;
        Set<String> allowed = EXCEPTIONS.getOrDefault(channel, Set.of());
        noClasses()
                .that(DescribedPredicate.describe(
                        "are not of the channel, ConfigFile or an exception",
                        (JavaClass type) -> !type.getPackageName().equals(channelPackage)
                                && !outermost(type).equals("ConfigFile")
                                && !allowed.contains(outermost(type))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(channelPackage + "..")
                .because("a new channel must not touch the rest of the program")
                .check(CLASSES);
    }

    @ParameterizedTest
    @MethodSource("channels")
    void aTestOfEachChannelChecksThatItCallsItsGuard(String channel) {
        assertThat(TESTS.stream().filter(type -> type.getPackageName().equals(ROOT + ".notify." + channel)))
                .as("a test in notify.%s calls GuardedWrites.check", channel)
                .anyMatch(type -> type.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(GuardedWrites.class)));
    }

    /** Jira has each file of the example. */
    @Test
    void theFilesThatANewChannelTouchesExist() throws IOException {
        String section = Files.readString(Path.of("docs/develop.md"))
                .split("\n## Add a channel\n")[1]
                .split("\n## ")[0];
        List<String> files = Pattern.compile("(?m)^\\| `([^`]+)` \\|")
                .matcher(section)
                .results()
                .map(row -> row.group(1).replace("mattermost", "jira").replace("Mattermost", "Jira"))
                .toList();

        assertThat(section).contains("touches " + files.size() + " files");
        assertThat(files).allSatisfy(file -> assertThat(Stream.of(
                        file,
                        "src/main/java/io/kubevirt/cinotify/" + file.replace('.', '/') + ".java",
                        "src/test/java/io/kubevirt/cinotify/" + file.replace('.', '/') + ".java"))
                .as(file)
                .anyMatch(path -> Files.exists(Path.of(path))));
    }

    private static String outermost(JavaClass type) {
        return type.getEnclosingClass().map(ChannelBoundaryTest::outermost).orElseGet(type::getSimpleName);
    }
}
