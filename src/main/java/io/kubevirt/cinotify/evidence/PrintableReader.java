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
package io.kubevirt.cinotify.evidence;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Puts the sign for an unknown letter in place of control characters, which XML does not allow and tests print. */
final class PrintableReader extends FilterReader {

    private static final char UNKNOWN = '\ufffd';

    PrintableReader(Reader in) {
        super(in);
    }

    @Override
    public int read() throws IOException {
        int letter = super.read();
        return letter < 0 ? letter : printable((char) letter);
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        for (int i = offset; i < offset + count; i++) {
            buffer[i] = printable(buffer[i]);
        }
        return count;
    }

    private static char printable(char letter) {
        boolean allowed = letter >= ' ' && letter < '\ufffe' || letter == '\t' || letter == '\n' || letter == '\r';
        return allowed ? letter : UNKNOWN;
    }
}
