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

import java.time.Instant;
import java.util.List;

/**
 * How one channel writes what a template shows. Text from outside stays text: it calls nobody, links to nothing, runs no
 * command and changes no layout.
 */
public interface Dialect {

    /** Text from outside, within a line. */
    String text(String outside);

    /** A name as programs write it, within a line. */
    String code(String outside);

    /** Lines of a log; stands by itself. */
    String block(List<String> outside);

    /** A link; only its words if the address is not one of the web. */
    String link(String words, String url);

    /** A person; called by name only if {@link Piece.Person#called}. */
    String person(Piece.Person person);

    /** An instant, to the minute. */
    String moment(Instant instant);

    /** Words that were written in this dialect, made to fit: what is left is still whole, and says that it was cut. */
    String cut(String written, int limit);
}
