// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import com.google.re2j.Pattern;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Gathers what JUnit files tell, case by case; of a file of any size only the names of what failed are kept. */
final class JunitParser {

    private static final int MAX_NAME_CHARS = 1_000;
    private static final int MAX_NAMES = 2_000;

    /** A test in quarantine has this in its name on some branches, and is the same test. */
    private static final Pattern QUARANTINE = Pattern.compile("\\[QUARANTINE\\]");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Set<String> failed = new LinkedHashSet<>();
    private int failedCount;
    private int ran;
    private FailureMessage failureMessage = new FailureMessage();

    /** Reads one file; what has been seen when it throws counts nevertheless. */
    void read(XMLStreamReader xml) throws XMLStreamException {
        boolean any = false;
        while (xml.hasNext()) {
            int event = xml.next();
            SafeXml.requireNoDocumentType(event);
            if (event == XMLStreamReader.START_ELEMENT) {
                any = any || xml.getLocalName().startsWith("testsuite");
                if (!any) {
                    throw new XMLStreamException("it is not a JUnit file but begins with " + xml.getLocalName());
                }
                if (xml.getLocalName().equals("testcase")) {
                    readCase(xml);
                }
            }
        }
    }

    private void readCase(XMLStreamReader xml) throws XMLStreamException {
        @Nullable String name = xml.getAttributeValue(null, "name");
        boolean bad = false;
        boolean skipped = false;
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    if (isFailure(xml)) {
                        bad = true;
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
        ran += skipped && !bad ? 0 : 1;
        if (bad) {
            addFailure(name == null ? "" : name);
        }
    }

    private static boolean isFailure(XMLStreamReader xml) {
        return xml.getLocalName().equals("failure") || xml.getLocalName().equals("error");
    }

    /** Up to the end of the failure; only the first that says something is kept. */
    private void readFailureMessage(XMLStreamReader xml) throws XMLStreamException {
        @Nullable String message = xml.getAttributeValue(null, "message");
        FailureMessage heard = new FailureMessage();
        heard.add(message == null ? "" : message);
        boolean silent = heard.isBlank();
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamReader.START_ELEMENT -> depth++;
                case XMLStreamReader.END_ELEMENT -> depth--;
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> {
                    if (silent && failureMessage.isBlank()) {
                        heard.add(xml.getText());
                    }
                }
                default -> {}
            }
        }
        if (failureMessage.isBlank()) {
            failureMessage = heard;
        }
    }

    private void addFailure(String name) {
        String normal = normalizedName(name);
        if (failed.size() < MAX_NAMES ? failed.add(normal) : !failed.contains(normal)) {
            failedCount++;
        }
    }

    /** The name by which the test is known on every branch. */
    static String normalizedName(String name) {
        String plain = QUARANTINE
                .matcher(TextSanitizer.singleLine(name, MAX_NAME_CHARS))
                .replaceAll("");
        return BLANKS.matcher(plain).replaceAll(" ").strip();
    }

    JunitReport report() {
        return new JunitReport(failed.stream().toList(), failedCount, failureMessage.lines(), ran);
    }
}
