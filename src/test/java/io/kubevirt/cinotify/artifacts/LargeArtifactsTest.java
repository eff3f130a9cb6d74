// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.ArtifactTree;
import io.kubevirt.cinotify.fixture.FakeArtifactStore;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.AbstractCollection;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LargeArtifactsTest {

    private static final String DIRECTORY = EvidenceFixture.RUN.path();
    private static final int CASES = 240;
    private static final int CASE_BYTES = 420_000;
    private static final String FAILURE_TEXT = "x".repeat(CASE_BYTES);
    private static final long LOG_BYTES = 500L << 20;

    private static final int SAMPLE_INTERVAL = 24;

    private final HeapUsage heap = new HeapUsage();
    private final FakeArtifactStore store = new FakeArtifactStore();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aJUnitFileOf100MegabytesUsesLessThan32MegabytesOfHeap() {
        store.add(DIRECTORY, ArtifactTree.DIED.tree());
        byte[] head = EvidenceFixture.bytes("<testsuite>");
        byte[] tail = EvidenceFixture.bytes("</testsuite>");
        int length = failed(0).length;
        store.add(
                DIRECTORY + "/artifacts/junit.functest.xml",
                () -> parts(i -> i < 0 ? head : i < CASES ? sampled(i) : tail, CASES),
                head.length + (long) CASES * length + tail.length);
        heap.reset();

        Evidence evidence = EvidenceFixture.read(store);

        heap.sample();
        assertThat(evidence.tests().failedCount()).isEqualTo(CASES);
        assertThat(evidence.unread()).isEmpty();
        System.out.printf(
                "JUnit file of %d MB with %d failed cases: heap grew by %.1f MB%n",
                store.sent() >> 20, CASES, heap.growth() / 1048576.0);
        assertThat(store.sent()).isGreaterThan(90L << 20);
        assertThat(heap.samples()).as("samples during the transfer").isGreaterThanOrEqualTo(CASES / SAMPLE_INTERVAL);
        assertThat(heap.growth()).isLessThan(32L << 20);
    }

    @Test
    void aLogOf500MegabytesTransfersLessThanTwo() {
        store.add(DIRECTORY, ArtifactTree.DIED.tree());
        byte[] end = EvidenceFixture.bytes("+ make cluster-up\n"
                + "panic: could not establish a connection to the node\n"
                + "make: *** [Makefile:1: cluster-up] Error 2\n");
        byte[] line = EvidenceFixture.bytes(
                "a line of no meaning, which is repeated very often, and then again, for hours on end\n");
        int lines = (int) (LOG_BYTES / line.length);
        store.add(
                DIRECTORY + "/build-log.txt",
                () -> parts(i -> i < lines ? line : end, lines),
                (lines + 1L) * line.length + end.length);

        Evidence evidence = EvidenceFixture.read(store);

        assertThat(EvidenceFixture.diagnose(evidence).rule()).isEqualTo("provider-vm");
        System.out.printf("log of 500 MB: %d KB of transfer%n", store.sent() >> 10);
        assertThat(store.sent()).isLessThan(2L << 20);
        assertThat(EvidenceFixture.diagnose(evidence).symptoms().excerptUrl())
                .as("line numbers after a gap are unknown")
                .doesNotContain("#");
    }

    /** Samples the heap while the file is transferred. */
    private byte[] sampled(int number) {
        if (number % SAMPLE_INTERVAL == 0) {
            heap.sample();
        }
        return failed(number);
    }

    /** Heap in use after garbage collection. */
    private static final class HeapUsage {

        private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        private final AtomicLong max = new AtomicLong();
        private final AtomicInteger samples = new AtomicInteger();
        private long before;

        void reset() {
            sample();
            before = max.get();
            samples.set(0);
        }

        void sample() {
            System.gc();
            max.accumulateAndGet(memory.getHeapMemoryUsage().getUsed(), Math::max);
            samples.incrementAndGet();
        }

        long growth() {
            return max.get() - before;
        }

        int samples() {
            return samples.get();
        }
    }

    private static byte[] failed(int number) {
        return EvidenceFixture.bytes(
                "<testcase name='[sig-network] test %04d'><failure type='Failure'>%s</failure></testcase>"
                        .formatted(number, FAILURE_TEXT));
    }

    /** Parts from -1 to the last, created lazily. */
    private static InputStream parts(IntFunction<byte[]> part, int last) {
        Iterator<InputStream> parts = IntStream.rangeClosed(-1, last)
                .<InputStream>mapToObj(i -> new ByteArrayInputStream(part.apply(i)))
                .iterator();
        return new SequenceInputStream(Collections.enumeration(new AbstractCollection<InputStream>() {
            @Override
            public Iterator<InputStream> iterator() {
                return parts;
            }

            @Override
            public int size() {
                return last + 2;
            }
        }));
    }
}
