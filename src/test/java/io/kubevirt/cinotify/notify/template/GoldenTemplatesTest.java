// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.notify.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.incident.Notification;
import io.kubevirt.cinotify.incident.NotificationKind;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What people read, channel by channel and kind by kind. After a change of a template:
 * {@code ./mvnw surefire:test -Dtest=GoldenTemplatesTest -Dgolden.update=true}, and read the difference.
 */
class GoldenTemplatesTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");
    private static final List<TemplateSet> SETS = List.of(TemplateSet.GITHUB, TemplateSet.SLACK, TemplateSet.PLAIN);

    private final MessageModelFactory models = new MessageModelFactory(
            Links.of(List.of(
                    new LinkTemplate("job history", "https://prow.example.org/job-history/gs/ci/{directory}"),
                    new LinkTemplate("artifacts", "https://storage.example.org/{run}/"),
                    new LinkTemplate("same line elsewhere", "https://search.example.org/?search={line}"))),
            handle -> handle.equals("robin") ? "U0123456" : null);

    @TestFactory
    Stream<DynamicTest> everyKindOnEveryChannel() {
        return SETS.stream().flatMap(this::texts);
    }

    private Stream<DynamicTest> texts(TemplateSet set) {
        try {
            Templates templates = Templates.open(set, null);
            List<DynamicTest> tests = new ArrayList<>();
            for (NotificationKind kind : NotificationKind.values()) {
                for (Map.Entry<String, Notification> example : examples(kind).entrySet()) {
                    Notification notification = example.getValue();
                    String size = example.getKey();
                    tests.add(DynamicTest.dynamicTest(
                            set.channel() + " " + kind.value() + " " + size,
                            () -> compare(
                                    FOLDER.resolve(set.channel())
                                            .resolve(kind.value() + "-" + size + "." + set.extension()),
                                    whole(templates, models.create(notification), kind))));
                }
            }
            return tests.stream();
        } catch (InvalidConfigException e) {
            throw new AssertionError(e.problems().toString(), e);
        }
    }

    private static Map<String, Notification> examples(NotificationKind kind) {
        return kind == NotificationKind.OPENED
                ? Map.of(
                        "full", SampleMessages.full(kind),
                        "unclear", SampleMessages.unclear(kind),
                        "request", SampleMessages.request(kind),
                        "bare", SampleMessages.bare(kind))
                : Map.of("full", SampleMessages.full(kind), "bare", SampleMessages.bare(kind));
    }

    private static String whole(Templates templates, MessageModel view, NotificationKind kind) {
        String title = templates.render(TemplateSet.TITLE, view);
        String root = templates.render(TemplateSet.root(kind), view);
        if (kind != NotificationKind.DIGEST) {
            MessageLimits.check(title, root, view);
        }
        return "title: " + title + "\n----- root\n"
                + root + "\n----- reply\n"
                + templates.render(TemplateSet.REPLY, view) + "\n";
    }

    private static void compare(Path golden, String text) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.createDirectories(golden.getParent());
            Files.writeString(golden, text);
        }
        assertThat(Arrays.asList(text.split("\n"))).as(golden.toString()).isEqualTo(Files.readAllLines(golden));
    }
}
