// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.artifacts.ArtifactFile.FileState;
import io.kubevirt.cinotify.artifacts.Evidence.JunitReport;
import io.kubevirt.cinotify.diagnosis.Diagnosis;
import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileArtifactsTest {

    private static final String DIRECTORY = EvidenceFixture.RUN.path();
    private static final String JUNIT = DIRECTORY + "/artifacts/junit.functest.xml";

    private final FakeArtifactStore store = new FakeArtifactStore();

    @BeforeEach
    void addArtifacts() {
        store.add(DIRECTORY, ArtifactTree.CACHE.tree());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE lolz [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]><testsuite><testcase"
                        + " name='&b;'><failure/></testcase></testsuite>",
                "<!DOCTYPE x SYSTEM 'http://127.0.0.1:1/x.dtd'><testsuite/>",
                "<!DOCTYPE x [<!ENTITY file SYSTEM 'file:///etc/hostname'>]><testsuite><testcase"
                        + " name='&file;'><failure/></testcase></testsuite>",
                "<html><body>please log in</body></html>",
                "<testsuite><testcase name='x'>",
                "not even XML",
                "",
            })
    void aFileThatIsNotJUnitIsSkippedAndTraced(String content) {
        store.add(JUNIT, EvidenceFixture.bytes(content));

        Diagnosis diagnosis = EvidenceFixture.diagnose(EvidenceFixture.read(store));

        assertThat(diagnosis.rule()).as("the log decides").isEqualTo("cache-lost");
        assertThat(diagnosis.symptoms().failedCount()).isZero();
        assertThat(diagnosis.trace()).anySatisfy(reason -> assertThat(reason)
                .startsWith("artifact artifacts/junit.functest.xml unreadable")
                .doesNotContain("\n"));
    }

    @Test
    void anUndeclaredEntityIsIgnored() {
        store.add(
                JUNIT,
                EvidenceFixture.bytes("<testsuite><testcase name='[sig-network] &file;"
                        + " x'><failure>&y;</failure></testcase></testsuite>"));

        assertThat(EvidenceFixture.read(store).tests().failed()).containsExactly("[sig-network] x");
    }

    @Test
    void anAttributeOfAHundredMegabytesIsNotKeptInMemory() {
        long length = 100L << 20;
        byte[] open = EvidenceFixture.bytes("<testsuite><testcase name='");
        store.add(
                JUNIT,
                () -> new SequenceInputStream(new ByteArrayInputStream(open), endless('x', length)),
                open.length + length);

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.unread()).singleElement().satisfies(file -> assertThat(file.state())
                .isEqualTo(FileState.UNREADABLE));
        assertThat(store.sent()).as("the rest is not transferred").isLessThan(length / 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<", "<testsuite ", "<testsuite a='", "<testsuite>&", "<testsuite a='&", "<?", "<!DOCTYPE "})
    void markupWithoutEndIsNotKeptInMemoryAndNotFetchedAgain(String begin) {
        long length = 100L << 20;
        byte[] open = EvidenceFixture.bytes(begin);
        store.add(
                JUNIT,
                () -> new SequenceInputStream(new ByteArrayInputStream(open), endless('x', length)),
                open.length + length);

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.unread())
                .singleElement()
                .extracting(ArtifactFile::state)
                .isEqualTo(FileState.UNREADABLE);
        assertThat(evidence.isUnreachable()).isFalse();
        assertThat(store.sent()).as("the rest is not transferred").isLessThan(length / 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<n%d/>", "<system-out n%d='1'/>", "<p:n%d xmlns:p='x'/>"})
    void manyDistinctNamesAreNotKept(String element) {
        StringBuilder content = new StringBuilder("<testsuite>");
        for (int name = 0; name < 1_000; name++) {
            content.append(element.formatted(name));
        }
        store.add(JUNIT, EvidenceFixture.bytes(content + "</testsuite>"));

        assertThat(EvidenceFixture.read(store).unread()).singleElement().satisfies(file -> assertThat(file.remark())
                .isEqualTo("it has more than 500 distinct names"));
    }

    @Test
    void resultsBeforeALimitCount() {
        store.add(
                JUNIT,
                EvidenceFixture.bytes("<testsuite><testcase name='[sig-network] x'><failure/></testcase><"
                        + "n".repeat(10_000) + "/></testsuite>"));

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.tests().failed()).containsExactly("[sig-network] x");
        assertThat(evidence.unread())
                .singleElement()
                .extracting(ArtifactFile::state)
                .isEqualTo(FileState.CUT);
    }

    @Test
    void longTextIsNoMarkup() {
        String text = "x".repeat(5_000);
        store.add(
                JUNIT,
                EvidenceFixture.bytes("<?xml version='1.0' encoding='UTF-8'?><!-- <" + text + " & ' -->"
                        + "<testsuite name='" + text + "' other=\"it's > " + text
                        + "\"><testcase name='[sig-network] a'>"
                        + "<failure message='&lt;" + text + "'><![CDATA[<" + text + " ]> & ]]]></failure></testcase>"
                        + "<?target " + text + "?><testcase name='b'>" + text + "&amp;" + text
                        + "</testcase></testsuite>"));

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.unread()).isEmpty();
        assertThat(evidence.tests().failed()).containsExactly("[sig-network] a");
        assertThat(evidence.tests().ran()).isEqualTo(2);
    }

    @Test
    void theJUnitFilesOfARunShareALimit() {
        String content = "<testsuite><testcase name='[sig-network] %s'><failure>" + "x".repeat(5_000)
                + "</failure></testcase></testsuite>";
        for (int file = 1; file <= 4; file++) {
            store.add(DIRECTORY + "/artifacts/junit." + file + ".xml", EvidenceFixture.bytes(content.formatted(file)));
        }
        ReadLimits limits = new ReadLimits(
                1 << 20, 8_000, 11_000, 8, 1 << 10, 1 << 10, Duration.ofMinutes(30), Duration.ofHours(1));

        Evidence evidence = EvidenceFixture.read(store, limits);

        assertThat(evidence.tests().failed()).contains("[sig-network] 1", "[sig-network] 2");
        assertThat(evidence.tests().failed()).doesNotContain("[sig-network] 4");
        assertThat(evidence.unread()).extracting(ArtifactFile::name).contains("artifacts/junit.4.xml");
    }

    @Test
    void aGzipBombIsNotDecompressed() {
        byte[] bomb = FakeArtifactStore.gzip(new byte[64 << 20]);
        store.addWithHeaders(DIRECTORY + "/podinfo.json", bomb, Map.of("Content-Encoding", "gzip"));
        store.addWithHeaders(
                DIRECTORY + "/prowjob.json", EvidenceFixture.bytes("no gzip"), Map.of("Content-Encoding", "gzip"));
        store.addWithHeaders(
                DIRECTORY + "/started.json", EvidenceFixture.bytes("{}"), Map.of("Content-Encoding", "br"));

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.unread())
                .extracting(ArtifactFile::name)
                .containsExactly("podinfo.json", "started.json", "prowjob.json");
        assertThat(evidence.unread()).extracting(ArtifactFile::state).containsOnly(FileState.UNREADABLE);
        assertThat(EvidenceFixture.diagnose(evidence).rule()).isEqualTo("cache-lost");
    }

    @Test
    void endlessWhiteSpaceIsNotReadAsJson() {
        store.add(DIRECTORY + "/podinfo.json", () -> endless(' ', 1L << 30), 1L << 30);

        assertThat(EvidenceFixture.read(store).unread())
                .singleElement()
                .asString()
                .contains("podinfo.json unreadable");
        assertThat(store.sent()).isLessThan(64L << 20);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "null",
                "7",
                "\"text\"",
                "{\"passed\":\"no\",\"result\":7,\"metadata\":[]}",
                "{\"pod\":7,\"node\":\"x\",\"events\":{}}",
                "{\"pod\":{\"spec\":[],\"status\":{\"phase\":[],\"reason\":{},\"containerStatuses\":[1,null,{\"state\":7}]}}}",
                "[{\"failed\":\"true\"},{\"failed\":1},null,3]",
                "{\"spec\":{\"cluster\":{}}}",
            })
    void jsonFieldsOfUnexpectedTypesAreIgnored(String json) {
        for (String name : new String[] {"finished", "started", "podinfo", "prowjob", "clone-records"}) {
            store.add(DIRECTORY + "/" + name + ".json", EvidenceFixture.bytes(json));
        }

        assertThat(EvidenceFixture.diagnose(EvidenceFixture.read(store)).rule()).isEqualTo("cache-lost");
    }

    @Test
    void deeplyNestedJsonIsUnreadable() {
        store.add(DIRECTORY + "/podinfo.json", EvidenceFixture.bytes("[".repeat(100_000)));

        assertThat(EvidenceFixture.read(store).unread())
                .singleElement()
                .asString()
                .contains("podinfo.json unreadable");
    }

    @Test
    void terminalEscapesAndControlCharactersAreRemoved() {
        store.add(
                JUNIT,
                "<testsuite><testcase name='[sig-network] \u0000 @here &lt;!channel> `x` **b**'><failure/></testcase></testsuite>"
                        .getBytes(StandardCharsets.ISO_8859_1));
        store.add(
                DIRECTORY + "/build-log.txt",
                "\u001b[31mred\u001b[0m\u001b]0;title\u0007 \u0000\u202e\u009b31m ok\r\nnext\u00ff"
                        .getBytes(StandardCharsets.ISO_8859_1));

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.log().lines().getFirst())
                .startsWith("red")
                .endsWith("ok")
                .doesNotContain("title");
        assertThat(evidence.log().lines())
                .allSatisfy(line -> assertThat(line.chars()).noneMatch(Character::isISOControl));
        assertThat(evidence.tests().failed()).containsExactly("[sig-network] \ufffd @here <!channel> `x` **b**");
    }

    @Test
    void aFailureMessageIsSanitizedAndLimited() {
        String message = "\u001b[31mExpected\u001b[0m &lt;!channel>\u0000\n\n" + "x".repeat(2_000) + "\n"
                + "line\n".repeat(5_000);
        store.add(
                JUNIT,
                EvidenceFixture.bytes(
                        "<testsuite><testcase name='good'/><testcase name='[sig-network] a'><failure message='  '>"
                                + message
                                + "</failure></testcase><testcase name='[sig-network] b'><failure message='later'/>"
                                + "</testcase></testsuite>"));

        assertThat(EvidenceFixture.read(store).tests().failureMessage())
                .startsWith("Expected <!channel>\ufffd", "x".repeat(300), "line")
                .hasSize(5);
    }

    @Test
    void theMessageAttributeIsPreferredToTheStackTrace() {
        store.add(
                JUNIT,
                EvidenceFixture.bytes("<testsuite><testcase name='[sig-network] silent'><failure/></testcase>"
                        + "<testcase name='[sig-network] a'><error message='Timed out&#xA;after 3s'>goroutine 1</error>"
                        + "<system-out>words</system-out></testcase></testsuite>"));

        JunitReport tests = EvidenceFixture.read(store).tests();

        assertThat(tests.failureMessage()).containsExactly("Timed out", "after 3s");
        assertThat(tests.failed()).containsExactly("[sig-network] silent", "[sig-network] a");
    }

    @Test
    void testNamesAreLimited() {
        store.add(
                JUNIT,
                EvidenceFixture.bytes("<testsuite><testcase name='[sig-network]" + "x".repeat(50_000)
                        + "'><failure/></testcase></testsuite>"));

        assertThat(EvidenceFixture.read(store).tests().failed())
                .singleElement()
                .satisfies(name -> assertThat(name.length()).isLessThanOrEqualTo(1_000));
    }

    @Test
    void namesInAListingStayInTheDirectory() {
        store.add(DIRECTORY + "/artifacts/junit&?x=y#../..%2F.xml", EvidenceFixture.bytes("<testsuite/>"));

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(evidence.files()).anySatisfy(file -> assertThat(file.state()).isEqualTo(FileState.READ));
        assertThat(store.requests())
                .allSatisfy(path -> assertThat(path).startsWith("/artifacts").doesNotContain("/../"));
    }

    private static InputStream endless(char character, long length) {
        return new InputStream() {
            private long remaining = length;

            @Override
            public int read() {
                return remaining-- > 0 ? character : -1;
            }

            @Override
            public int read(byte[] buffer, int offset, int maxBytes) {
                if (remaining <= 0) {
                    return -1;
                }
                int count = (int) Math.min(maxBytes, remaining);
                Arrays.fill(buffer, offset, offset + count, (byte) character);
                remaining -= count;
                return count;
            }
        };
    }
}
