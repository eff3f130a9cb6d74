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
package io.kubevirt.cinotify.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InvalidDocumentTest {

    private final Problem whole = Problem.ofFile("b.yaml", "it is empty", "fill it");
    private final Problem line = new Problem("b.yaml", 12, "it is wrong", "mend it");
    private final Problem earlier = new Problem("b.yaml", 2, "it is wrong", "mend it");

    @Test
    void everyProblemIsToldOnALineOfItsOwn() {
        assertThat(new InvalidDocument(List.of(whole, line)))
                .hasMessage("b.yaml: it is empty; fill it\nb.yaml:12: it is wrong; mend it");
    }

    @Test
    void problemsAreReadFromTopToBottom() {
        Problem otherFile = new Problem("a.yaml", 99, "it is wrong", "mend it");
        assertThat(Stream.of(line, whole, earlier, otherFile).sorted(Problem.IN_READING_ORDER))
                .containsExactly(otherFile, whole, earlier, line);
    }
}
