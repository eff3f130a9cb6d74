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

import com.google.re2j.Pattern;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Gathers what JUnit files tell, case by case; of a file of any size only the names of what failed are kept. */
final class JunitFile {

    private static final int LONGEST_NAME = 1_000;
    private static final int MOST_NAMES = 2_000;

    /** A test in quarantine has this in its name on some branches, and is the same test. */
    private static final Pattern QUARANTINE = Pattern.compile("\\[QUARANTINE\\]");

    private static final Pattern BLANKS = Pattern.compile("\\s+");

    private final Set<String> failed = new LinkedHashSet<>();
    private int failedCount;
    private int ran;
    private Complaint complaint = new Complaint();

    /** Reads one file; what has been seen when it throws counts nevertheless. */
    void read(XMLStreamReader xml) throws XMLStreamException {
        boolean any = false;
        while (xml.hasNext()) {
            int event = xml.next();
            Xml.requireNoDocumentType(event);
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
                        listen(xml);
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
            fail(name == null ? "" : name);
        }
    }

    private static boolean isFailure(XMLStreamReader xml) {
        return xml.getLocalName().equals("failure") || xml.getLocalName().equals("error");
    }

    /** Up to the end of the failure; only the first that says something is kept. */
    private void listen(XMLStreamReader xml) throws XMLStreamException {
        @Nullable String message = xml.getAttributeValue(null, "message");
        Complaint heard = new Complaint();
        heard.add(message == null ? "" : message);
        boolean silent = heard.isBlank();
        int depth = 1;
        while (depth > 0) {
            switch (xml.next()) {
                case XMLStreamReader.START_ELEMENT -> depth++;
                case XMLStreamReader.END_ELEMENT -> depth--;
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> {
                    if (silent && complaint.isBlank()) {
                        heard.add(xml.getText());
                    }
                }
                default -> {}
            }
        }
        if (complaint.isBlank()) {
            complaint = heard;
        }
    }

    private void fail(String name) {
        String normal = normal(name);
        if (failed.size() < MOST_NAMES ? failed.add(normal) : !failed.contains(normal)) {
            failedCount++;
        }
    }

    /** The name by which the test is known on every branch. */
    static String normal(String name) {
        String plain = QUARANTINE.matcher(CleanText.line(name, LONGEST_NAME)).replaceAll("");
        return BLANKS.matcher(plain).replaceAll(" ").strip();
    }

    TestReport report() {
        return new TestReport(failed.stream().toList(), failedCount, complaint.lines(), ran);
    }
}
