// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.google.re2j.Pattern;
import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.artifacts.Evidence.TestMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Collects results from JUnit files as a stream. Results of one file with the same suite, class and name are of one test, as
 * in Deck: a test that failed and passed is flaky. A test that runs again after it passed was repeated on purpose.
 */
final class JunitParser {
    private static final int MAX_NAME_CHARS = 1_000;
    private static final int MAX_NAMES = 2_000;
    private static final int MAX_PASSED = 20_000;

    private static final int MAX_MESSAGES = 100;

    /** Some branches mark a quarantined test in its name, alone or among its labels; it is the same test. */
    private static final Pattern QUARANTINE = Pattern.compile("\\[QUARANTINE\\]|, *QUARANTINE\\b|\\bQUARANTINE, *");

    /** States of Ginkgo: the suite ran out of time, or was interrupted, while the test ran. */
    private static final Set<String> STOPPED = Set.of("timedout", "interrupted");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Set<String> failed = new LinkedHashSet<>();
    private final Set<String> quarantined = new HashSet<>();
    private final Set<String> failedForGood = new HashSet<>();
    private final Set<String> flaky = new HashSet<>();
    private final List<TestMessage> messages = new ArrayList<>();

    /** The tests of the present file by the hash code of suite, class and name: there may be thousands. */
    private final Set<Integer> passedInFile = new HashSet<>();

    private final Map<Integer, String> failedInFile = new HashMap<>();

    private int failedCount;
    private int ran;
    private boolean repeated;

    /** Reads one file. Results read before an exception count. */
    void read(XMLStreamReader xml) throws XMLStreamException {
        String suite = "";
        boolean inTestsuite = false;
        try {
            while (xml.hasNext()) {
                if (xml.next() != XMLStreamReader.START_ELEMENT) {
                    continue;
                }
                inTestsuite = inTestsuite || xml.getLocalName().startsWith("testsuite");
                if (!inTestsuite) {
                    throw new XMLStreamException("not a JUnit file: the first element is " + xml.getLocalName());
                }
                if (xml.getLocalName().equals("testsuite")) {
                    suite = attribute(xml, "name");
                } else if (xml.getLocalName().equals("testcase")) {
                    readCase(xml, suite);
                }
            }
        } finally {
            endFile();
        }
    }

    private void endFile() {
        failedInFile.forEach((test, name) -> (passedInFile.contains(test) ? flaky : failedForGood).add(name));
        failedInFile.clear();
        passedInFile.clear();
    }

    private static String attribute(XMLStreamReader xml, String name) {
        @Nullable String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private void readCase(XMLStreamReader xml, String suite) throws XMLStreamException {
        String name = attribute(xml, "name");
        int test = List.of(suite, attribute(xml, "classname"), name).hashCode();
        TestCase result = new TestCase(attribute(xml, "status"));
        try {
            result.read(xml);
        } finally {
            // A failure counts although the file breaks within its message.
            if (result.failed || result.ended && !result.skipped) {
                ran++;
                repeated |= passedInFile.contains(test);
            }
            if (result.failed) {
                addFailure(test, name, result);
            }
        }
        if (!result.failed && !result.skipped && passedInFile.size() < MAX_PASSED) {
            passedInFile.add(test);
        }
    }

    private static final class TestCase {
        private final FailureMessage message = new FailureMessage();
        private String state;
        private boolean failed;
        private boolean skipped;
        private boolean ended;

        TestCase(String state) {
            this.state = state;
        }

        private void read(XMLStreamReader xml) throws XMLStreamException {
            int depth = 1;
            while (depth > 0) {
                switch (xml.next()) {
                    case XMLStreamReader.START_ELEMENT -> {
                        if (isFailure(xml)) {
                            failed = true;
                            state = state.isEmpty() ? attribute(xml, "type") : state;
                            readFailureMessage(xml, message);
                        } else {
                            depth++;
                            skipped |= xml.getLocalName().equals("skipped");
                        }
                    }
                    case XMLStreamReader.END_ELEMENT -> depth--;
                    default -> {}
                }
            }
            ended = true;
        }
    }

    private static boolean isFailure(XMLStreamReader xml) {
        return xml.getLocalName().equals("failure") || xml.getLocalName().equals("error");
    }

    /** Reads to the end of the failure element: its message, which may be the start of its text, and its text. */
    private static void readFailureMessage(XMLStreamReader xml, FailureMessage message) throws XMLStreamException {
        message.begin(attribute(xml, "message"));
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamReader.START_ELEMENT -> depth++;
                case XMLStreamReader.END_ELEMENT -> depth--;
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> message.add(xml.getText());
                default -> {}
            }
        }
    }

    private void addFailure(int test, String name, TestCase result) {
        String normal = normalizedName(name);
        if (failed.size() < MAX_NAMES ? failed.add(normal) : !failed.contains(normal)) {
            failedCount++;
        }
        if (failed.contains(normal)) {
            failedInFile.put(test, normal);
            if (QUARANTINE.matcher(name).find()) {
                quarantined.add(normal);
            }
        }
        if (messages.size() < MAX_MESSAGES) {
            messages.add(new TestMessage(
                    normal, STOPPED.contains(result.state), result.message.text(), result.message.lines()));
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
                flaky.stream().filter(name -> !failedForGood.contains(name)).collect(Collectors.toSet());
        return new JunitReport(failed.stream().toList(), failedCount, ran, passedToo, quarantined, repeated, messages);
    }

    private static final class FailureMessage {
        private static final int MAX_CHARS = 4_000;
        private static final int MAX_LINES = 5;
        private static final int MAX_LINE_CHARS = 300;

        /** XML cannot contain the escape character that starts a terminal sequence. */
        private static final String LOST_ESCAPE = "\ufffd[";

        private final StringBuilder text = new StringBuilder();
        private String attribute = "";

        void begin(String message) {
            attribute = message.substring(0, Math.min(message.length(), MAX_CHARS));
        }

        void add(String part) {
            text.append(part, 0, Math.min(part.length(), Math.max(0, MAX_CHARS - text.length())));
        }

        String text() {
            return attribute + "\n" + text;
        }

        /** The first lines that are not blank, without terminal escapes: of the attribute, or else of the text. */
        List<String> lines() {
            return (attribute.isBlank() ? text.toString() : attribute)
                    .replace(LOST_ESCAPE, "\u001b[")
                    .lines()
                    .map(line -> TextSanitizer.singleLine(line, MAX_LINE_CHARS).strip())
                    .filter(line -> !line.isEmpty())
                    .limit(MAX_LINES)
                    .toList();
        }
    }
}
