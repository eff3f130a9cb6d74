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
package io.kubevirt.cinotify.command;

import io.kubevirt.cinotify.command.Answer.Mood;
import java.util.List;

/**
 * What one command leads to, before it is remembered.
 *
 * @param summary in a line of Markdown
 * @param called whether people were called
 * @param labels as {@link Answer#labels}
 */
record Reply(Mood mood, String markdown, String summary, boolean called, List<List<String>> labels, List<Moved> moved) {

    static Reply done(Sheet sheet, String summary) {
        return new Reply(Mood.DONE, sheet.written(), summary, false, List.of(), List.of());
    }

    static Reply called(Sheet sheet, String summary) {
        return new Reply(Mood.DONE, sheet.written(), summary, true, List.of(), List.of());
    }

    static Reply refused(Sheet sheet, String summary) {
        return new Reply(Mood.REFUSED, sheet.written(), summary, false, List.of(), List.of());
    }

    /** For somebody who may not do it: said once per conversation. */
    static Reply forbidden(Sheet sheet) {
        return refused(sheet, Earlier.REFUSED);
    }

    /** The reaction says enough. */
    static Reply silent(String summary) {
        return new Reply(Mood.REFUSED, "", summary, false, List.of(), List.of());
    }

    Reply withLabels(List<List<String>> more) {
        return new Reply(mood, markdown, summary, called, more, moved);
    }

    Reply withMoved(List<Moved> learnt) {
        return new Reply(mood, markdown, summary, called, labels, learnt);
    }
}
