// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

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
