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
package io.kubevirt.cinotify.prow;

/** Quotes words from outside in an explanation, so that they stay short and on one line. */
final class Quotation {

    private static final int MAX_LENGTH = 150;

    private Quotation() {}

    static String after(String sentence, String words) {
        StringBuilder quoted = new StringBuilder();
        words.codePoints().limit(MAX_LENGTH).forEach(c -> quoted.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return sentence + ": \"" + quoted + (words.length() > MAX_LENGTH ? "…" : "") + "\"";
    }
}
