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
package io.kubevirt.cinotify.notice.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.incident.policy.MessageKind;
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

    private final MessageViews views = new MessageViews(
            Links.of(List.of(
                    new LinkPattern("job history", "https://prow.example.org/job-history/gs/ci/{directory}"),
                    new LinkPattern("artifacts", "https://storage.example.org/{run}/"),
                    new LinkPattern("same line elsewhere", "https://search.example.org/?search={line}"))),
            handle -> handle.equals("robin") ? "U0123456" : null);

    @TestFactory
    Stream<DynamicTest> everyKindOnEveryChannel() {
        return SETS.stream().flatMap(this::texts);
    }

    private Stream<DynamicTest> texts(TemplateSet set) {
        try {
            Templates templates = Templates.open(set, null);
            List<DynamicTest> tests = new ArrayList<>();
            for (MessageKind kind : MessageKind.values()) {
                for (Map.Entry<String, Message> example : examples(kind).entrySet()) {
                    Message message = example.getValue();
                    String size = example.getKey();
                    tests.add(DynamicTest.dynamicTest(
                            set.channel() + " " + kind.word() + " " + size,
                            () -> compare(
                                    FOLDER.resolve(set.channel())
                                            .resolve(kind.word() + "-" + size + "." + set.extension()),
                                    whole(templates, views.of(message), kind))));
                }
            }
            return tests.stream();
        } catch (InvalidDocument e) {
            throw new AssertionError(e.problems().toString(), e);
        }
    }

    private static Map<String, Message> examples(MessageKind kind) {
        return kind == MessageKind.OPENED
                ? Map.of(
                        "full", ExampleMessages.full(kind),
                        "unclear", ExampleMessages.unclear(kind),
                        "request", ExampleMessages.request(kind),
                        "bare", ExampleMessages.bare(kind))
                : Map.of("full", ExampleMessages.full(kind), "bare", ExampleMessages.bare(kind));
    }

    private static String whole(Templates templates, MessageView view, MessageKind kind) {
        return "title: " + templates.render(TemplateSet.TITLE, view) + "\n----- root\n"
                + templates.render(TemplateSet.root(kind), view) + "\n----- reply\n"
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
