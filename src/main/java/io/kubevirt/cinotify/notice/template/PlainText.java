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
import java.util.stream.Collectors;

/** No markup at all: titles, subjects, and channels that know none. */
public final class PlainText implements Dialect {

    @Override
    public String text(String outside) {
        return Letters.oneLine(outside);
    }

    @Override
    public String code(String outside) {
        return Letters.oneLine(outside);
    }

    @Override
    public String block(List<String> outside) {
        return outside.stream().map(line -> "  " + Letters.oneLine(line)).collect(Collectors.joining("\n"));
    }

    @Override
    public String link(String words, String url) {
        return Letters.isWeb(url) ? text(words) + " " + Letters.address(url) : text(words);
    }

    @Override
    public String person(Piece.Person person) {
        return text(person.handle());
    }

    @Override
    public String moment(Instant instant) {
        return Letters.utc(instant);
    }

    @Override
    public String cut(String written, int limit) {
        return Letters.beginning(written, limit);
    }
}
