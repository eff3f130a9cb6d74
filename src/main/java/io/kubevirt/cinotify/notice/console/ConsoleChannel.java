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

import io.kubevirt.cinotify.notice.Abilities;
import io.kubevirt.cinotify.notice.Announcer;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.notice.Lookup;
import io.kubevirt.cinotify.notice.Receipt;
import io.kubevirt.cinotify.notice.Saying;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Prints what is said, one paragraph each. What was printed can be neither changed nor looked for. */
public final class ConsoleChannel implements Announcer {

    private static final String PLACE = "stdout";

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final OutputStream out;
    private final UnaryOperator<String> form;

    /** @param out where to print paragraphs, in UTF-8 */
    public ConsoleChannel(OutputStream out) {
        this(out, UnaryOperator.identity());
    }

    /** @param form what becomes of a paragraph before it is printed as a line */
    public ConsoleChannel(OutputStream out, UnaryOperator<String> form) {
        this.out = out;
        this.form = form;
    }

    @Override
    public String name() {
        return "console";
    }

    @Override
    public Abilities abilities() {
        return new Abilities(false, false, false);
    }

    @Override
    public List<String> places(Content content) {
        return content instanceof Content.Letter letter && !letter.channel().equals(name())
                ? List.of()
                : List.of(PLACE);
    }

    @Override
    public Optional<String> home() {
        return Optional.of(PLACE);
    }

    @Override
    public Receipt post(Saying saying) {
        return print(ConsoleText.said(saying.content()));
    }

    @Override
    public Receipt announce(Saying saying) {
        return print(ConsoleText.deferred(saying.content()));
    }

    @Override
    public Receipt retract(Saying saying) {
        return print(ConsoleText.dropped(saying.content()));
    }

    @Override
    public Receipt edit(Saying saying, String root) {
        throw new UnsupportedOperationException("what is printed cannot be changed");
    }

    @Override
    public Receipt reply(Saying saying, String root) {
        throw new UnsupportedOperationException("nothing stands below what is printed");
    }

    @Override
    public Lookup findRoot(Saying saying) {
        return new Lookup.Missing();
    }

    @Override
    public Lookup findReply(Saying saying, String root) {
        return new Lookup.Missing();
    }

    /** Several threads speak, and each paragraph is to stay in one piece. */
    private synchronized Receipt print(String text) {
        try {
            out.write((form.apply(text) + "\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            return new Receipt.Written(PLACE);
        } catch (IOException e) {
            return new Receipt.Later(PAUSE, "standard output takes nothing (" + e.getMessage() + ")");
        }
    }
}
