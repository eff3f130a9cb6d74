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
package io.kubevirt.cinotify.app.outbox;

import io.kubevirt.cinotify.incident.Addressee;
import io.kubevirt.cinotify.incident.policy.Message;
import io.kubevirt.cinotify.notice.Content;
import io.kubevirt.cinotify.store.Form;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A content as it is said in a certain case. */
final class Versions {

    /** What stands before something that may be there already, where nobody can look. */
    static final String REPEATED = "(Possibly a repetition.) ";

    private static final String REPEATED_BECAUSE =
            "ci-notify does not know whether this has been said before, as it was interrupted, and this channel cannot be asked";

    private Versions() {}

    /** What is shown before its people are at work calls nobody. */
    static Content of(Form form, Content content) {
        return form == Form.SHOW && content instanceof Content.IncidentNews(Message message, List<String> why)
                ? new Content.IncidentNews(with(null, message.text(), message), why)
                : content;
    }

    /** The same, with the word that it may be there already. */
    static Content repeated(Content content) {
        return switch (content) {
            case Content.IncidentNews(Message message, List<String> why) ->
                new Content.IncidentNews(
                        with(message.to(), REPEATED + message.text(), message),
                        Stream.concat(why.stream(), Stream.of(REPEATED_BECAUSE)).toList());
            case Content.Letter letter ->
                new Content.Letter(
                        letter.id(),
                        letter.thread(),
                        letter.channel(),
                        letter.place(),
                        REPEATED + letter.title(),
                        letter.markdown(),
                        letter.replaces(),
                        letter.mrkdwn());
        };
    }

    private static Message with(@Nullable Addressee to, String text, Message message) {
        return new Message(
                message.id(), message.kind(), message.decidedAt(), message.at(), message.incident(), to, text);
    }
}
