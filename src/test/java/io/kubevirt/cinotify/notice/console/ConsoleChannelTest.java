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
package io.kubevirt.cinotify.notice.console;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.News;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The console as one channel among others. */
class ConsoleChannelTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ConsoleChannel console = new ConsoleChannel(out);
    private final Content deferred = new News("one").deferred(NOON, NOON.plus(Duration.ofHours(20)), false);

    @Test
    void whatIsDeferredIsShownAndItsEndIsALine() {
        assertThat(console.announce(saying(deferred))).isInstanceOf(Receipt.Written.class);
        assertThat(text())
                .startsWith("\n● DEFERRED until 2026-07-16T08:00:00Z  example/thing one\n")
                .contains("tell      Somebody (Primary)", "why       because");

        out.reset();
        console.retract(saying(deferred));
        assertThat(text()).isEqualTo("\n● DROPPED  example/thing one: over before anybody was told\n");
    }

    @Test
    void newsAndLettersAreParagraphs() {
        console.post(saying(new News("one").resolved(NOON)));
        assertThat(text()).startsWith("\n● RESOLVED  example/thing one\n").doesNotContain("tell");

        out.reset();
        console.post(saying(new Content.Letter("a", "a", "console", "stdout", "Title", "one\ntwo\u001b[2J")));
        assertThat(text()).isEqualTo("\n● Title\n  text      one\n            two?[2J\n");
    }

    @Test
    void lettersForOthersAreNotItsBusiness() {
        assertThat(console.places(deferred)).containsExactly("stdout");
        assertThat(console.places(new Content.Letter("a", "a", "slack", "C1", "Title", "")))
                .isEmpty();
    }

    @Test
    void aClosedOutputMayWorkLater() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int letter) throws IOException {
                throw new IOException("closed");
            }
        };

        assertThat(new ConsoleChannel(closed).post(saying(deferred)))
                .isInstanceOfSatisfying(
                        Receipt.Later.class, later -> assertThat(later.why()).contains("standard output", "closed"));
    }

    private String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Saying saying(Content content) {
        return new Saying("console", "stdout", content);
    }
}
