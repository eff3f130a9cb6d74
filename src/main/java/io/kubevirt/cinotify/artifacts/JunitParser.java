// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Collects results from JUnit files as a stream; keeps only the names of failed tests and one failure message. */
final class JunitParser {
    private static final int MAX_NAME_CHARS = 1_000;
    private static final int MAX_NAMES = 2_000;
    private static final int MAX_PASSED = 20_000;

    /** Some branches mark a quarantined test in its name; it is the same test. */
    private static final Pattern QUARANTINE = Pattern.compile("\\[QUARANTINE\\]");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Set<String> failed = new LinkedHashSet<>();
    private final Set<String> quarantined = new HashSet<>();

    /** Hash codes: there may be thousands of names. */
    private final Set<Integer> passed = new HashSet<>();

    private int failedCount;
    private int ran;
    private FailureMessage failureMessage = new FailureMessage();

    /** Reads one file. Results read before an exception count. */
    void read(XMLStreamReader xml) throws XMLStreamException {
        boolean inTestsuite = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                inTestsuite = inTestsuite || xml.getLocalName().startsWith("testsuite");
                if (!inTestsuite) {
                    throw new XMLStreamException("not a JUnit file: the first element is " + xml.getLocalName());
                }
                if (xml.getLocalName().equals("testcase")) {
                    readCase(xml);
                }
            }
        }
    }

    private void readCase(XMLStreamReader xml) throws XMLStreamException {
        @Nullable String name = xml.getAttributeValue(null, "name");
        boolean failedCase = false;
        boolean skipped = false;
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    if (isFailure(xml)) {
                        failedCase = true;
                        readFailureMessage(xml);
                    } else {
                        depth++;
                        skipped = skipped || xml.getLocalName().equals("skipped");
                    }
                }
                case XMLStreamReader.END_ELEMENT -> depth--;
                default -> {}
            }
        }
        ran += skipped && !failedCase ? 0 : 1;
        if (failedCase) {
            addFailure(name == null ? "" : name);
        } else if (!skipped && name != null && passed.size() < MAX_PASSED) {
            passed.add(normalizedName(name).hashCode());
        }
    }

    private static boolean isFailure(XMLStreamReader xml) {
        return xml.getLocalName().equals("failure") || xml.getLocalName().equals("error");
    }

    /** Reads to the end of the failure element; keeps the first message that is not blank. */
    private void readFailureMessage(XMLStreamReader xml) throws XMLStreamException {
        @Nullable String attribute = xml.getAttributeValue(null, "message");
        FailureMessage message = new FailureMessage();
        message.add(attribute == null ? "" : attribute);
        boolean readText = message.isBlank();
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamReader.START_ELEMENT -> depth++;
                case XMLStreamReader.END_ELEMENT -> depth--;
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> {
                    if (readText && failureMessage.isBlank()) {
                        message.add(xml.getText());
                    }
                }
                default -> {}
            }
        }
        if (failureMessage.isBlank()) {
            failureMessage = message;
        }
    }

    private void addFailure(String name) {
        String normal = normalizedName(name);
        if (failed.size() < MAX_NAMES ? failed.add(normal) : !failed.contains(normal)) {
            failedCount++;
        }
        if (QUARANTINE.matcher(name).find() && failed.contains(normal)) {
            quarantined.add(normal);
        }
    }

    /** The name of a test that is the same on every branch. */
    static String normalizedName(String name) {
        String plain = QUARANTINE
                .matcher(TextSanitizer.singleLine(name, MAX_NAME_CHARS))
                .replaceAll("");
        return BLANKS.matcher(plain).replaceAll(" ").strip();
    }

    JunitReport report() {
        Set<String> passedToo =
                failed.stream().filter(name -> passed.contains(name.hashCode())).collect(Collectors.toSet());
        return new JunitReport(
                failed.stream().toList(), failedCount, failureMessage.lines(), ran, passedToo, quarantined);
    }

    private static final class FailureMessage {
        private static final int MAX_CHARS = 4_000;
        private static final int MAX_LINES = 5;
        private static final int MAX_LINE_CHARS = 300;

        /** XML cannot contain the escape character that starts a terminal sequence. */
        private static final String LOST_ESCAPE = "\ufffd[";

        private final StringBuilder text = new StringBuilder();

        void add(String part) {
            text.append(part, 0, Math.min(part.length(), Math.max(0, MAX_CHARS - text.length())));
        }

        boolean isBlank() {
            return text.chars().allMatch(Character::isWhitespace);
        }

        /** The first lines that are not blank, without terminal escapes. */
        List<String> lines() {
            return text.toString()
                    .replace(LOST_ESCAPE, "\u001b[")
                    .lines()
                    .map(line -> TextSanitizer.singleLine(line, MAX_LINE_CHARS).strip())
                    .filter(line -> !line.isEmpty())
                    .limit(MAX_LINES)
                    .toList();
        }
    }
}
