// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Follows the markup of an XML document character by character and fails where the parser would need memory without bound: for
 * names, entities and tags without end, and for many distinct names, which the parser keeps.
 */
final class MarkupLimits {
    private static final int MAX_NAME_CHARS = 500;
    /** JUnit files have about thirty. */
    private static final int MAX_NAMES = 500;
    /** Ginkgo writes the whole failure output into one attribute. */
    private static final int MAX_TAG_CHARS = 2 << 20;

    private static final String COMMENT = "!--";
    private static final String CDATA = "![CDATA[";

    private final Set<Integer> names = new HashSet<>();
    private final StringBuilder declaration = new StringBuilder();
    private State state = State.TEXT;
    private char quote;
    private int tag;
    private int name;
    private int hash;
    private int entity;
    private char previous;
    private char beforePrevious;

    private enum State {
        TEXT,
        /** After {@code <}. */
        OPENED,
        TAG,
        VALUE,
        COMMENT,
        CDATA,
        INSTRUCTION
    }

    void accept(char c) throws BeyondLimitException {
        switch (state) {
            case TEXT -> text(c);
            case OPENED -> opened(c);
            case TAG -> tag(c);
            case VALUE -> value(c);
            case COMMENT -> endAfter('-', '-', c);
            case CDATA -> endAfter(']', ']', c);
            case INSTRUCTION -> instruction(c);
        }
        beforePrevious = previous;
        previous = c;
    }

    private void text(char c) throws BeyondLimitException {
        if (c == '<') {
            entity = 0;
            enter(State.OPENED);
        } else {
            entity(c);
        }
    }

    private void opened(char c) throws BeyondLimitException {
        if (declaration.isEmpty() && c == '?') {
            enter(State.INSTRUCTION);
        } else if (declaration.isEmpty() && c != '!') {
            enter(State.TAG);
            tag(c);
        } else {
            declaration.append(c);
            String begun = declaration.toString();
            if (begun.equals(COMMENT)) {
                enter(State.COMMENT);
            } else if (begun.equals(CDATA)) {
                enter(State.CDATA);
            } else if (!COMMENT.startsWith(begun) && !CDATA.startsWith(begun)) {
                throw new BeyondLimitException("DTDs are not allowed");
            }
        }
    }

    private void enter(State next) {
        state = next;
        declaration.setLength(0);
        tag = 0;
        name = 0;
        hash = 0;
        previous = 0;
    }

    private void tag(char c) throws BeyondLimitException {
        countTagCharacter();
        switch (c) {
            case '>' -> {
                endName();
                state = State.TEXT;
            }
            case '"', '\'' -> {
                endName();
                quote = c;
                state = State.VALUE;
            }
            case ' ', '\t', '\n', '\r', '=', '/' -> endName();
            default -> nameCharacter(c);
        }
    }

    private void value(char c) throws BeyondLimitException {
        countTagCharacter();
        if (c == quote) {
            entity = 0;
            state = State.TAG;
        } else {
            entity(c);
        }
    }

    private void instruction(char c) throws BeyondLimitException {
        if (tag == 0 && c > ' ' && c != '?') {
            nameCharacter(c);
        } else {
            tag = 1;
        }
        if (c == '>' && previous == '?') {
            state = State.TEXT;
        }
    }

    private void endAfter(char first, char second, char c) {
        if (c == '>' && previous == second && beforePrevious == first) {
            state = State.TEXT;
        }
    }

    private void entity(char c) throws BeyondLimitException {
        if (c == '&') {
            entity = 1;
        } else if (c == ';' || c <= ' ') {
            entity = 0;
        } else if (entity > 0 && ++entity > MAX_NAME_CHARS) {
            throw new BeyondLimitException("an entity is longer than " + MAX_NAME_CHARS + " characters");
        }
    }

    private void countTagCharacter() throws BeyondLimitException {
        if (++tag > MAX_TAG_CHARS) {
            throw new BeyondLimitException("a tag is longer than " + MAX_TAG_CHARS + " characters");
        }
    }

    private void nameCharacter(char c) throws BeyondLimitException {
        hash = 31 * hash + c;
        if (++name > MAX_NAME_CHARS) {
            throw new BeyondLimitException("a name is longer than " + MAX_NAME_CHARS + " characters");
        }
    }

    private void endName() throws BeyondLimitException {
        if (name > 0 && names.add(hash) && names.size() > MAX_NAMES) {
            throw new BeyondLimitException("it has more than " + MAX_NAMES + " distinct names");
        }
        name = 0;
        hash = 0;
    }

    /** The document is not read further; another attempt does not help. */
    static final class BeyondLimitException extends IOException {
        BeyondLimitException(String message) {
            super(message);
        }
    }
}
